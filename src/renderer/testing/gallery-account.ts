/** The gallery's states of the user's Cloudflare account. */
import type { GatewayApiCalls } from "../../shared/contract";
import { failure, gatewayError } from "../../shared/errors";
import { success } from "../../shared/result";
import type { ProvidersView } from "../../shared/view";
import type { GalleryState, GalleryStep } from "./gallery-state";
import { ALL_DIRECT, SOME_ROUTED } from "./gallery-views";
import { accountStatus, CONNECTED, NOT_CONNECTED } from "./sample-account";
import { ACCOUNT } from "./sample-views";

type Calls = Partial<GatewayApiCalls>;

const NEVER = () => new Promise<never>(() => undefined);
const WITHOUT = { ...CONNECTED, accountStatus: async () => success(NOT_CONNECTED) };
const HAS_ENVIRONMENT = accountStatus({ token: null, hasEnvironmentToken: true });
const CONNECT = "Connect to Cloudflare";
const CONNECTED_TO_ANA = "Connected to Ana’s Account";

export const ACCOUNT_STATES: readonly GalleryState[] = [
  state("account-connect", ALL_DIRECT, WITHOUT, [press(CONNECT)]),
  state(
    "account-connect-environment",
    SOME_ROUTED,
    {
      ...WITHOUT,
      accountStatus: async () => success({ ...HAS_ENVIRONMENT, canRemember: false }),
    },
    [press(CONNECT)],
  ),
  state("account-connecting", SOME_ROUTED, { ...WITHOUT, connectAccount: NEVER }, [
    press(CONNECT),
    enterToken(),
    press("Connect"),
  ]),
  state(
    "account-refused",
    SOME_ROUTED,
    { ...WITHOUT, connectAccount: async () => failure("api_token_unknown") },
    [press(CONNECT), enterToken(), press("Connect", "Cloudflare does not accept")],
  ),
  state("account-connected", SOME_ROUTED, CONNECTED, [press(CONNECTED_TO_ANA)]),
  state(
    "account-missing-permissions",
    SOME_ROUTED,
    {
      ...CONNECTED,
      accountStatus: async () =>
        success(
          accountStatus({
            token: { source: "stored", expiresOn: "2026-12-03T00:00:00Z" },
            missing: ["Account Settings Read", "Account Analytics Read"],
          }),
        ),
      accounts: async () =>
        success({ accounts: [{ accountId: ACCOUNT, name: null }], isComplete: true }),
    },
    [press("Connected to 0123…cdef")],
  ),
  state(
    "account-revoked",
    SOME_ROUTED,
    {
      ...CONNECTED,
      accountStatus: async () =>
        success(accountStatus({ problem: gatewayError("api_token_unknown") })),
    },
    [],
  ),
];

function state(
  id: string,
  view: ProvidersView,
  account: Calls,
  steps: readonly GalleryStep[],
): GalleryState {
  return { id, providers: success(view), account, steps };
}

function press(button: string | RegExp, shows?: string): GalleryStep {
  return shows === undefined ? { does: "press", button } : { does: "press", button, shows };
}

function enterToken(): GalleryStep {
  return { does: "api-token", text: "sample-token" };
}
