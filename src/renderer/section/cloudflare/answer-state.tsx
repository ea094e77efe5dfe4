/** One line while Cloudflare is asked, and when it did not answer, with a button to try again. */
import type { Asked } from "../data/asked";
import { Callout } from "../ui/callout";
import { accountWords } from "../words/account-words";

/** Null once an answer is on screen and no later one failed. */
export function AnswerState(props: { readonly answer: Asked<unknown> }) {
  const { data, problem, isAsking, askAgain } = props.answer;
  if (problem !== null) {
    return (
      <Callout kind={data === null ? "error" : "warning"}>
        <p role="status">{problem.message}</p>
        <button type="button" className="cfgw-button" aria-disabled={isAsking} onClick={askAgain}>
          {isAsking ? accountWords.fold.asking : accountWords.fold.again}
        </button>
      </Callout>
    );
  }
  return data === null ? (
    <p className="cfgw-quiet" role="status">
      {accountWords.fold.asking}
    </p>
  ) : null;
}
