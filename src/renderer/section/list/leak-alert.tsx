/** At the top of the page: whose gateway token mux sends to which host, and the button that stops it. */
import { useState } from "react";

import type { GatewayError } from "../../../shared/errors";
import type { ProviderView, TokenLeak } from "../../../shared/view";
import { useFollowingChanges } from "../data/queries";
import { Callout } from "../ui/callout";
import { useFeedback } from "../ui/feedback";
import { useFocusHandedOn } from "../ui/focus-handed-on";
import { words } from "../words/words";

interface Leaking {
  readonly id: string;
  readonly name: string;
  readonly leak: TokenLeak;
}

export function LeakAlert(props: {
  readonly providers: readonly ProviderView[];
  readonly locked: boolean;
}) {
  const leaking = props.providers.flatMap(({ id, name, leak }): readonly Leaking[] =>
    leak === null ? [] : [{ id, name, leak }],
  );
  const { problem, fix } = useLeakFixes();
  if (leaking.length === 0) return null;
  return (
    <Callout kind="error" title={words.leak.title} urgent>
      {leaking.map(({ id, name, leak }) => (
        <p key={id}>{words.leak.to(name, leak.host)}</p>
      ))}
      {problem === null ? null : <p>{problem.message}</p>}
      <FixButton
        label={labelOf(leaking)}
        disabled={props.locked}
        onFix={() => {
          void fix(leaking);
        }}
      />
    </Callout>
  );
}

/** Goes away with the leak; whoever pressed it reads on from the top. */
function FixButton(props: {
  readonly label: string;
  readonly disabled: boolean;
  readonly onFix: () => void;
}) {
  const button = useFocusHandedOn((own) => own.closest(".cfgw")?.querySelector(".cfgw-title"));
  return (
    <button
      ref={button}
      type="button"
      className="cfgw-button cfgw-primary"
      disabled={props.disabled}
      onClick={props.onFix}
    >
      {props.label}
    </button>
  );
}

function labelOf(leaking: readonly Leaking[]): string {
  const [first, ...others] = leaking;
  return first === undefined || others.length > 0
    ? words.leak.fixAll(leaking.length)
    : words.fix[first.leak.fix];
}

/** One change after the other, and one Undo for all of them. */
function useLeakFixes() {
  const { changed } = useFeedback();
  const follow = useFollowingChanges();
  const [problem, setProblem] = useState<GatewayError | null>(null);
  const fix = async (leaking: readonly Leaking[]) => {
    setProblem(null);
    const result = await follow(
      leaking.map(({ id, leak }) => ({
        call: "fix",
        input: { provider: id, fix: leak.fix },
        expecting: "shown",
      })),
    );
    setProblem(result.problem);
    const names = leaking.slice(0, result.done).map(({ name }) => name);
    if (names.length > 0) changed(words.leak.fixed(names), { steps: result.steps });
  };
  return { problem, fix };
}
