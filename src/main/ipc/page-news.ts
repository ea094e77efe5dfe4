/** What one page is told of changes: a view that it gets as an answer is not sent to it a second time. */
import type { ChangeNews } from "../../shared/contract";
import type { Result } from "../../shared/result";
import { isAsNew, type ProvidersView } from "../../shared/view";

export class PageNews {
  readonly #send: (news: ChangeNews) => void;
  /** Calls on their way that are answered with a view. */
  #asked = 0;
  /** The newest view that one of them may be answered with. */
  #held: ProvidersView | null = null;

  constructor(send: (news: ChangeNews) => void) {
    this.#send = send;
  }

  tell(view: ProvidersView): void {
    if (this.#asked === 0) this.#send(view);
    else this.#held = view;
  }

  /** Lets a call of the page pass that is answered with a view. */
  async answer(call: () => Promise<Result<ProvidersView>>): Promise<Result<ProvidersView>> {
    this.#asked += 1;
    try {
      const answer = await call();
      this.#tellHeld(answer);
      return answer;
    } finally {
      this.#asked -= 1;
    }
  }

  /** Whatever the answer was, nothing is held any longer: other calls could take their time. */
  #tellHeld(answer: Result<ProvidersView>): void {
    const held = this.#held;
    if (held === null) return;
    this.#held = null;
    const isAnswered = answer.success && isAsNew(answer.data.version, held.version);
    const news = isAnswered ? { answered: held.version } : held;
    // Once the answer has left, or the page would ask for what is on its way.
    setImmediate(() => this.#send(news));
  }
}
