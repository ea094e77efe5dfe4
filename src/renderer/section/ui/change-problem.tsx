/** Explains why a change was refused. After a conflict it offers the choice between both versions. */
import { useEffect, useRef } from "react";

import type { GatewayError } from "../../../shared/errors";
import type { GatewayBlockView } from "../../../shared/gateway-block";
import { Callout } from "./callout";
import { words } from "../words/words";

/** The errors that were brought into view, because each one moves the focus at most once. */
const seen = new WeakSet<GatewayError>();

export function ChangeProblem(props: {
  readonly error: GatewayError;
  readonly onKeepMine: () => void;
  readonly onKeepFile: () => void;
}) {
  const { error } = props;
  const box = useRef<HTMLDivElement>(null);
  const asks = error.code === "conflict";
  useEffect(() => {
    if (seen.has(error)) return;
    seen.add(error);
    // A question needs an answer, so it takes the focus; its first button would be pressed too easily.
    if (asks) box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "nearest" });
  }, [error, asks]);
  return (
    <div ref={box} className="cfgw-change-problem" tabIndex={-1}>
      <Callout kind={asks ? "warning" : "error"} urgent>
        <p>{error.message}</p>
        {error.conflict === undefined ? null : (
          <dl className="cfgw-versions">
            <Version name={words.conflict.mineIs} block={error.conflict.yours} />
            <Version name={words.conflict.fileIs} block={error.conflict.file} />
          </dl>
        )}
        {asks ? (
          <div className="cfgw-actions">
            <button type="button" className="cfgw-button" onClick={props.onKeepMine}>
              {words.conflict.mine}
            </button>
            <button type="button" className="cfgw-button" onClick={props.onKeepFile}>
              {words.conflict.file}
            </button>
          </div>
        ) : null}
      </Callout>
    </div>
  );
}

function Version(props: { readonly name: string; readonly block: GatewayBlockView | null }) {
  const { block } = props;
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        {block === null
          ? words.conflict.none
          : [
              words.conflict.block(block.gatewayName, block.accountId),
              ...(block.segment === null ? [] : [block.segment]),
              ...(block.hasToken ? [words.conflict.withToken] : []),
              ...(block.storePrompts === false ? [words.conflict.hidesPrompts] : []),
            ].join(", ")}
      </dd>
    </div>
  );
}
