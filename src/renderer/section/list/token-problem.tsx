/** Why a change of many was refused; where a token has to be entered or chosen, the way to its field. */
import type { GatewayError } from "../../../shared/errors";
import type { ProviderView } from "../../../shared/view";
import { usualOf } from "../form/gateway-draft";
import { useKnownGateways } from "../data/queries";
import { Callout } from "../ui/callout";
import { useOpenRow } from "../ui/row-openers";
import { words } from "../words/words";

export function ProblemOfAll(props: {
  readonly error: GatewayError;
  readonly providers: readonly ProviderView[];
  /** Called before a row is opened, which may be filtered out. */
  readonly onOpen: () => void;
}) {
  const { error } = props;
  const openRow = useOpenRow();
  const row = useTokenRow(props.providers);
  const action = ACTIONS.get(error.code);
  return (
    <Callout kind="error" urgent>
      <p>{error.message}</p>
      {action === undefined || row === undefined ? null : (
        <div className="cfgw-actions">
          <button
            type="button"
            className="cfgw-button"
            onClick={() => {
              props.onOpen();
              openRow(row, "settings", "token");
            }}
          >
            {action}
          </button>
        </div>
      )}
    </Callout>
  );
}

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ["token_missing", words.token.enterIt],
  ["token_differs", words.token.chooseIt],
]);

/** The first provider behind the usual gateway: its form changes the token for all of them. */
function useTokenRow(providers: readonly ProviderView[]): string | undefined {
  const target = usualOf(useKnownGateways(true).known);
  const users = providers.filter(
    ({ gateway }) =>
      gateway?.accountId === target?.accountId && gateway?.gatewayName === target?.gatewayName,
  );
  return (users.find(({ route }) => route === "gateway") ?? users[0])?.id;
}
