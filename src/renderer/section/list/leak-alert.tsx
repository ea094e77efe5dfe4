/** Reports gateway tokens that mux sends to other hosts, with a button that stops it. */
import { useState } from "react";

import type { GatewayError } from "../../../shared/errors";
import type { MuxAppName } from "../../../shared/mux-route";
import type { ProviderView, TokenLeak } from "../../../shared/view";
import { Notice, NoticeButton } from "../ui/notice";
import { words } from "../words/words";
import { useFixes } from "./fix-many";

interface Leaking {
  readonly id: string;
  readonly name: string;
  readonly leak: TokenLeak;
}

export function LeakAlert(props: {
  readonly app: MuxAppName;
  readonly providers: readonly ProviderView[];
  readonly locked: boolean;
}) {
  const { app } = props;
  const leaking = props.providers.flatMap(({ id, name, leak }): readonly Leaking[] =>
    leak === null ? [] : [{ id, name, leak }],
  );
  const [problem, setProblem] = useState<GatewayError | null>(null);
  const fix = useFixes();
  if (leaking.length === 0) return null;
  const fixAll = async () => {
    setProblem(null);
    const fixes = leaking.map(({ id, name, leak }) => ({ provider: id, name, fix: leak.fix }));
    setProblem(await fix(fixes, (names) => words.leak.fixed(app, names)));
  };
  return (
    <Notice
      kind="error"
      urgent
      action={
        <NoticeButton
          label={labelOf(leaking)}
          disabled={props.locked}
          onPress={() => {
            void fixAll();
          }}
        />
      }
    >
      <p className="cfgw-strong">{words.leak.title(app)}</p>
      {leaking.map(({ id, name, leak }) => (
        <p key={id}>{words.leak.to(name, leak.host)}</p>
      ))}
      {problem === null ? null : <p>{problem.message}</p>}
    </Notice>
  );
}

function labelOf(leaking: readonly Leaking[]): string {
  const [first, ...others] = leaking;
  return first === undefined || others.length > 0
    ? words.leak.fixAll(leaking.length)
    : words.fix[first.leak.fix];
}
