/** The gallery's states of the user's Cloudflare account. */
import type { LogProof } from "../../shared/account";
import type { GatewayApiCalls } from "../../shared/contract";
import { failure, gatewayError } from "../../shared/errors";
import { success } from "../../shared/result";
import type { ProvidersView } from "../../shared/view";
import { VERDICTS } from "./gallery-reports";
import type { GalleryState, GalleryStep } from "./gallery-state";
import { ALL_DIRECT, routed, SEVERAL_GATEWAYS, SOME_ROUTED, withAnthropic } from "./gallery-views";
import {
  accountStatus,
  CONFIRMED,
  CONNECTED,
  details,
  DOMAINS,
  EVERY_WARNING,
  logged,
  NO_TRAFFIC,
  NOT_CONNECTED,
  OTHER_ACCOUNT,
  settings,
  TRAFFIC,
  TROUBLED,
} from "./sample-account";
import { ACCOUNT, block } from "./sample-views";

type Calls = Partial<GatewayApiCalls>;

const NEVER = () => new Promise<never>(() => undefined);
const WITHOUT = { ...CONNECTED, accountStatus: async () => success(NOT_CONNECTED) };
const HAS_ENVIRONMENT = accountStatus({ token: null, hasEnvironmentToken: true });
const CONNECT = "Connect to Cloudflare";
const MY_GATEWAY = "Details of my-gateway at Cloudflare";
const CONNECTED_TO_ANA = "Connected to Ana’s Account";
const ROUTED = withAnthropic({ ...routed({ gateway: block({ hasToken: true }) }) });
const MANY_GATEWAYS = Array.from({ length: 30 }, (_, at) => settings({ gatewayName: `gw-${at}` }));

const LONG = "a-name-without-any-space-".repeat(8);

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
    [see("does not accept this API token")],
  ),
  state("account-choose", ALL_DIRECT, CONNECTED, [see("needs a Run token")]),
  state(
    "account-choose-many",
    ALL_DIRECT,
    {
      ...CONNECTED,
      accounts: async () =>
        success({
          accounts: [
            { accountId: ACCOUNT, name: "Ana’s Account" },
            { accountId: OTHER_ACCOUNT, name: "The company with a long name" },
          ],
          isComplete: true,
        }),
      accountGateways: async () => success({ gateways: [TROUBLED, ...MANY_GATEWAYS] }),
      gatewayDetails: async () => success(details({ settings: TROUBLED, domains: DOMAINS })),
    },
    [see("Choosing a custom domain")],
  ),
  state(
    "account-create-refused",
    ALL_DIRECT,
    {
      ...CONNECTED,
      createGateway: async () => failure("api_input_refused", { said: "gateway already exists" }),
    },
    [press("Create gateway…"), press("Create gateway", "gateway already exists")],
  ),
  state(
    "account-create-first",
    ALL_DIRECT,
    { ...CONNECTED, accountGateways: async () => success({ gateways: [] }) },
    [see("Name of the new gateway")],
  ),
  state(
    "account-not-listed",
    ALL_DIRECT,
    { ...CONNECTED, accounts: async () => failure("api_timeout", { seconds: 15 }) },
    [see("did not answer within")],
  ),
  state("account-settings", SOME_ROUTED, CONNECTED, [press(MY_GATEWAY, "Authentication")]),
  state(
    "account-settings-warnings",
    SOME_ROUTED,
    {
      ...CONNECTED,
      gatewayDetails: async () =>
        success(details({ settings: TROUBLED, domains: DOMAINS, warnings: EVERY_WARNING })),
    },
    [press(`${MY_GATEWAY}, ${EVERY_WARNING.length} warnings`, "Authentication")],
  ),
  state(
    "account-settings-failed",
    SOME_ROUTED,
    { ...CONNECTED, gatewayDetails: async () => failure("api_not_found", { what: "gateway" }) },
    [press(MY_GATEWAY, "Cloudflare has no gateway")],
  ),
  state(
    "account-foreign",
    SEVERAL_GATEWAYS,
    {
      ...CONNECTED,
      accounts: async () =>
        success({
          accounts: [{ accountId: OTHER_ACCOUNT, name: "The company" }],
          isComplete: true,
        }),
    },
    [see("This account is not one of yours")],
  ),
  state("account-traffic", SOME_ROUTED, CONNECTED, [
    press(MY_GATEWAY),
    tab("Traffic", "By provider"),
    press("Show the last 50 requests", "Errors first"),
  ]),
  state(
    "account-traffic-empty",
    SOME_ROUTED,
    {
      ...CONNECTED,
      traffic: async ({ window }) => success({ ...NO_TRAFFIC, window }),
      requests: async () =>
        success({ requests: [], remark: "The gateway keeps no logs, so requests are not listed." }),
    },
    [
      press(MY_GATEWAY),
      tab("Traffic", "shows no request"),
      press("Show the last 50 requests", "keeps no logs"),
    ],
  ),
  state(
    "account-traffic-forbidden",
    SOME_ROUTED,
    {
      ...CONNECTED,
      traffic: async () =>
        failure("api_permission_missing", { permission: "AI Gateway Read", account: null }),
    },
    [press(MY_GATEWAY), tab("Traffic", "Cloudflare refused access")],
  ),
  state("account-check", SOME_ROUTED, CONNECTED, [
    press(MY_GATEWAY),
    tab("Check"),
    press("Check everything", "Region"),
  ]),
  state("account-checking", SOME_ROUTED, { ...CONNECTED, doctor: NEVER }, [
    press(MY_GATEWAY),
    tab("Check"),
    press("Check everything"),
  ]),
  state(
    "account-long-texts",
    SOME_ROUTED,
    {
      ...CONNECTED,
      accounts: async () =>
        success({ accounts: [{ accountId: ACCOUNT, name: LONG }], isComplete: true }),
      gatewayDetails: async () =>
        success(
          details({
            domains: [{ host: `${LONG}.example.com`, isActive: false, status: LONG }],
            warnings: [{ code: "caching", message: LONG, url: "https://dash.cloudflare.com/" }],
          }),
        ),
      traffic: async ({ window }) =>
        success({
          ...TRAFFIC,
          window,
          providers: [{ ...TRAFFIC.total, segment: LONG, provider: null }],
          remarks: [LONG],
        }),
      requests: async () =>
        success({
          requests: [logged({ model: LONG, segment: LONG }), logged({ id: "2", model: "مرحبا" })],
          remark: LONG,
        }),
    },
    [
      press(`${MY_GATEWAY}, 1 warning`),
      tab("Traffic", "By provider"),
      press("Show the last 50 requests", "Errors first"),
    ],
  ),
  proof("confirmed", CONFIRMED),
  proof("different", {
    ...CONFIRMED,
    differences: ["The log has status 500, but the test received 200."],
  }),
  proof("not-found", {
    state: "not_found",
    row: null,
    differences: [],
    message: "Cloudflare’s log does not have this request yet. Rows can come later.",
  }),
  proof("logs-off", {
    state: "logs_off",
    row: null,
    differences: [],
    message: "This gateway keeps no logs, so its log cannot confirm the test.",
  }),
  proof("looking", null),
  {
    ...state("account-custom-provider", ALL_DIRECT, CONNECTED, []),
    providers: success(
      withAnthropic({ foreignHost: "api.moonshot.ai", gateway: block({ hasToken: true }) }),
    ),
    steps: [
      { does: "open", row: "Anthropic" },
      press("Create a custom provider for api.moonshot.ai", "Cloudflare will send requests"),
    ],
    cut: true,
  },
];

function state(
  id: string,
  view: ProvidersView,
  account: Calls,
  steps: readonly GalleryStep[],
): GalleryState {
  return { id, providers: success(view), account, steps };
}

function proof(name: string, found: LogProof | null): GalleryState {
  const logRow = found === null ? NEVER : async () => success(found);
  return {
    ...state(`account-proof-${name}`, ROUTED, { ...CONNECTED, logRow }, [
      { does: "test", row: "Anthropic" },
      see(found === null ? "looking for this request" : found.message),
    ]),
    finds: success(VERDICTS.gateway),
  };
}

function press(button: string | RegExp, shows?: string): GalleryStep {
  return shows === undefined ? { does: "press", button } : { does: "press", button, shows };
}

function tab(name: string, shows?: string): GalleryStep {
  return shows === undefined ? { does: "tab", name } : { does: "tab", name, shows };
}

function see(text: string): GalleryStep {
  return { does: "see", text };
}

function enterToken(): GalleryStep {
  return { does: "api-token", text: "sample-token" };
}
