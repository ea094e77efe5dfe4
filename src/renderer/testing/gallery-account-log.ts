/** The gallery's states of tests in Cloudflare's log, and of gateways chosen in Edit and in a row. */
import type { LogProof } from "../../shared/account";
import type { GatewayApiCalls, TestInput } from "../../shared/contract";
import { failure } from "../../shared/errors";
import type { TestReport } from "../../shared/report";
import { success } from "../../shared/result";
import type { ProvidersView } from "../../shared/view";
import { CULPRITS, VERDICTS } from "./gallery-reports";
import type { GalleryState, GalleryStep } from "./gallery-state";
import { routed } from "./gallery-views";
import { CONFIRMED, CONNECTED, logged, settings, TRAFFIC } from "./sample-account";
import { block, gateway, view } from "./sample-views";

const NAMES = ["Anthropic", "OpenAI", "Google", "xAI", "DeepSeek"];
const ROUTED = view({
  gateways: [gateway({ active: NAMES.map((name) => name.toLowerCase()) })],
  providers: NAMES.map((name) =>
    routed({ id: name.toLowerCase(), name, gateway: block({ hasToken: true }) }),
  ),
});

const TEST_ALL: GalleryStep = { does: "press", button: "Test all" };
const TRAFFIC_OF_GATEWAY: readonly GalleryStep[] = [
  { does: "press", button: "Details of my-gateway at Cloudflare" },
];
const CHOOSE: GalleryStep = { does: "press", button: "Choose from your account" };
const TWO = [settings(), settings({ gatewayName: "open-gateway", authentication: false })];
const LISTED = { ...CONNECTED, accountGateways: async () => success({ gateways: TWO }) };
const DIFFERENT: LogProof = {
  ...CONFIRMED,
  differences: ["Cloudflare logged status 500, but the response had 200."],
};

export const ACCOUNT_LOG_STATES: readonly GalleryState[] = [
  tested("all-confirmed", { logRow: async () => success(CONFIRMED) }, [
    see("5 confirmed by Cloudflare’s log"),
  ]),
  tested(
    "some-different",
    { logRow: async ({ provider: id }) => success(id === "openai" ? DIFFERENT : CONFIRMED) },
    [see("Cloudflare’s log differs from 1 test")],
  ),
  tested("failed-confirmed", { logRow: async () => success(CONFIRMED) }, [see("1 failed")], {
    openai: { ...CULPRITS.provider, logId: "01KAR4J7" },
  }),
  tested("limited", { logRow: async () => failure("api_rate_limited", { seconds: 30 }) }, [
    see("all passed"),
    { does: "show-last", row: "Anthropic" },
    see("Try again in 30 seconds"),
  ]),
  state("edit-list", ROUTED, LISTED, [
    { does: "press", button: "Edit my-gateway" },
    CHOOSE,
    see("open-gateway"),
  ]),
  state("row-list", ROUTED, LISTED, [
    { does: "open", row: "Anthropic" },
    { does: "another-gateway", row: "Anthropic" },
    see("open-gateway"),
  ]),
  state(
    "deleted-gateway",
    ROUTED,
    {
      ...CONNECTED,
      traffic: async ({ window }) =>
        success({
          ...TRAFFIC,
          window,
          unseen: [],
          remarks: ["This gateway no longer exists at Cloudflare."],
        }),
    },
    [
      ...TRAFFIC_OF_GATEWAY,
      { does: "tab", name: "Traffic", shows: "no longer exists at Cloudflare" },
    ],
  ),
  state(
    "unknown-time",
    ROUTED,
    {
      ...CONNECTED,
      requests: async () =>
        success({ requests: [logged({ at: null }), logged({ id: "2" })], remark: null }),
    },
    [
      ...TRAFFIC_OF_GATEWAY,
      { does: "tab", name: "Traffic", shows: "By provider" },
      { does: "press", button: "Show the last 50 requests", shows: "Time not known" },
    ],
  ),
  state(
    "token-in-file",
    {
      ...ROUTED,
      warnings: [
        {
          code: "api_token_saved",
          message:
            "providers.jsonc holds the API token of your Cloudflare account, and mux may send it to other hosts. Remove it from the file, then replace it at Cloudflare.",
        },
      ],
    },
    CONNECTED,
    [see("Your API token is in the file")],
  ),
];

type Calls = Partial<GatewayApiCalls>;

function state(
  id: string,
  shown: ProvidersView,
  account: Calls,
  steps: readonly GalleryStep[],
): GalleryState {
  return { id: `account-${id}`, providers: success(shown), account, steps };
}

/** After "Test all", with other reports than a success for some providers. */
function tested(
  name: string,
  account: Calls,
  steps: readonly GalleryStep[],
  reports: Readonly<Record<string, TestReport>> = {},
): GalleryState {
  return {
    ...state(`log-${name}`, ROUTED, { ...CONNECTED, ...account }, [TEST_ALL, ...steps]),
    finds: ({ provider: id }: TestInput) =>
      success({ ...(reports[id] ?? VERDICTS.gateway), provider: id }),
  };
}

function see(text: string): GalleryStep {
  return { does: "see", text };
}
