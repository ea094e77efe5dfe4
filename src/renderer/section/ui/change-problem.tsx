/** Explains why a change was refused. After a conflict it offers the choice between both versions. */
import type { GatewayError } from "../../../shared/errors";
import type { GatewayBlockView } from "../../../shared/gateway-block";
import { Callout } from "./callout";
import { words } from "../words/words";

export function ChangeProblem(props: {
  readonly error: GatewayError;
  readonly onKeepMine: () => void;
  readonly onKeepFile: () => void;
}) {
  const { error } = props;
  return (
    <Callout kind={error.code === "conflict" ? "warning" : "error"} urgent>
      <p>{error.message}</p>
      {error.conflict === undefined ? null : (
        <dl className="cfgw-versions">
          <Version name={words.conflict.mineIs} block={error.conflict.yours} />
          <Version name={words.conflict.fileIs} block={error.conflict.file} />
        </dl>
      )}
      {error.code === "conflict" ? (
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
            ].join(", ")}
      </dd>
    </div>
  );
}
