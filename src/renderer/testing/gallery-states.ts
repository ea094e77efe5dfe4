/** Every state of the section in the gallery. */
import type { TestInput } from "../../shared/contract";
import { failure, gatewayError } from "../../shared/errors";
import type { MuxRoute } from "../../shared/mux-route";
import type { Culprit, TestReport, Verdict } from "../../shared/report";
import { success, type Result } from "../../shared/result";
import { ACCOUNT_STATES } from "./gallery-account";
import { ACCOUNT_LOG_STATES } from "./gallery-account-log";
import type { GalleryState, GalleryStep } from "./gallery-state";
import { ACTS, CULPRITS, DETOURS, VERDICTS } from "./gallery-reports";
import {
  ALL_DIRECT,
  EVERY_LIMIT,
  FIRST_START,
  FOREIGN_KEYS,
  FROM_ENVIRONMENT,
  FROM_ENVIRONMENT_WITHOUT_KEYS,
  NO_KEYS,
  FIVE_HUNDRED,
  LEAKING,
  LONG_TEXTS,
  MIRROR_OFF,
  NO_PROVIDERS,
  ONE_LEAKING,
  routed,
  SEVERAL_GATEWAYS,
  SOME_ROUTED,
  TOKENS_DIFFER,
  UNCHECKED,
  WITH_DAMAGE,
  WITH_NOTICES,
  withAnthropic,
} from "./gallery-views";
import {
  DOMAIN_ADDRESS,
  DOMAIN_BY_HAND,
  DOMAIN_CALLED,
  DOMAIN_CONFIRMED,
  DOMAIN_UNCONFIRMED,
} from "./gallery-domains";
import { MUX_ELSEWHERE, TODAY_DIRECT } from "./gallery-rows";
import { block, gateway, view } from "./sample-views";

const ANTHROPIC = "Anthropic";
const ROUTED = success(withAnthropic({ ...routed() }));
const WITH_DETAILS = success(withAnthropic({ gateway: block({ hasToken: true }) }));
const ROUTED_BY_ALL: ReadonlySet<string> = new Set(
  SOME_ROUTED.providers.filter(({ route }) => route === "gateway").map(({ id }) => id),
);
const FOUND_BY_ALL: Readonly<Record<string, TestReport>> = {
  anthropic: VERDICTS.gateway,
  openai: { ...CULPRITS.provider, provider: "openai" },
  deepseek: { ...VERDICTS.unproven, provider: "deepseek" },
  google: { ...CULPRITS.network, provider: "google" },
};
const THROUGH_OPENROUTER: MuxRoute = {
  kind: "gateway",
  gateway: "openrouter",
  name: "OpenRouter",
  testable: true,
  message:
    "mux sends these models through OpenRouter instead of this gateway. In mux, open Settings → Providers → Route priority and drag “Direct” to the top.",
};
const WITHOUT_BLOCKS: MuxRoute = {
  kind: "address",
  differs: "host",
  url: "https://api.anthropic.com/v1/messages",
  testable: true,
  message:
    "mux calls api.anthropic.com instead of this gateway, because it does not read these gateway settings.",
};
const WITH_LOGIN: MuxRoute = {
  kind: "login",
  name: "the Codex login",
  message:
    "mux uses OpenAI's Codex login instead of the API key, so requests fail or bypass the gateway.",
};
const VERDICT_NAMES: readonly Verdict[] = [
  "gateway",
  "direct",
  "unproven",
  "bypassed",
  "unreachable",
];
const CULPRIT_NAMES: readonly Culprit[] = [
  "gateway",
  "provider",
  "edge",
  "network",
  "computer",
  "unknown",
];

export const GALLERY_STATES: readonly GalleryState[] = [
  { id: "loading", providers: null, steps: [] },
  { id: "not-connected", providers: failure("closed"), steps: [] },
  { id: "connecting", providers: failure("disconnected"), steps: [] },
  {
    id: "connecting-late",
    providers: failure("disconnected"),
    steps: [press("Try again", "Not connected yet")],
  },
  { id: "empty", providers: success(NO_PROVIDERS), steps: [] },
  { id: "first-start", providers: success(FIRST_START), steps: [] },
  { id: "no-keys", providers: success(NO_KEYS), steps: [] },
  {
    id: "broken-file",
    providers: success({
      ...SOME_ROUTED,
      problem: gatewayError("file_invalid", {
        file: SOME_ROUTED.file,
        what: "a comma is missing",
        line: 12,
        column: 5,
      }),
    }),
    steps: [],
  },
  { id: "all-direct", providers: success(ALL_DIRECT), steps: [] },
  { id: "some-routed", providers: success(SOME_ROUTED), steps: [] },
  { id: "every-limit", providers: success(EVERY_LIMIT), steps: [] },
  {
    id: "damaged-blocks",
    providers: success(WITH_DAMAGE),
    steps: [open(ANTHROPIC), open("OpenAI")],
  },
  { id: "unchecked-certificates", providers: success(UNCHECKED), steps: [open(ANTHROPIC)] },
  {
    id: "mirror-refused",
    providers: success(MIRROR_OFF),
    refuses: gatewayError("file_read_only", { file: MIRROR_OFF.file }),
    steps: [{ does: "mirror" }],
  },
  {
    id: "connection-lost",
    providers: success(SOME_ROUTED),
    refuses: gatewayError("disconnected"),
    isLostAfterwards: true,
    steps: [open(ANTHROPIC), type("Gateway name", "typed-before"), press("Save")],
  },
  { id: "notices", providers: success(WITH_NOTICES), steps: [open(ANTHROPIC)] },
  { id: "form-empty", providers: success(ALL_DIRECT), steps: [{ does: "switch", row: ANTHROPIC }] },
  {
    id: "form-wrong",
    providers: success(ALL_DIRECT),
    steps: [
      open(ANTHROPIC),
      type("Account ID", "my account"),
      type("Gateway name", "my gateway"),
      press("Save and turn on"),
    ],
  },
  { id: "token-leaks", providers: success(LEAKING), steps: [open(ANTHROPIC)] },
  {
    id: "token-leak-tested",
    providers: success(ONE_LEAKING),
    remembered: [{ provider: "anthropic", report: VERDICTS.gateway, stale: true }],
    finds: failure("token_leak", { provider: "anthropic", host: "api.anthropic.com" }),
    steps: [test(ANTHROPIC)],
  },
  {
    id: "foreign-host",
    providers: success(FOREIGN_KEYS),
    steps: [{ does: "switch", row: "OpenAI" }],
  },
  { id: "foreign-host-routed", providers: success(FOREIGN_KEYS), steps: [open("xAI")] },
  {
    id: "form-token-stored",
    providers: success(withAnthropic(routed({ gateway: block({ hasToken: true }) }))),
    steps: [open(ANTHROPIC)],
  },
  {
    id: "form-unsaved",
    providers: ROUTED,
    steps: [open(ANTHROPIC), type("Gateway name", "another-gateway")],
  },
  { id: "switched-on", providers: WITH_DETAILS, steps: [{ does: "switch", row: ANTHROPIC }] },
  {
    id: "routed-all",
    providers: success(SOME_ROUTED),
    steps: [choose(/^Route/), press(/^Route \d+ providers$/, "providers now use my-gateway.")],
  },
  {
    id: "routed-all-left-out",
    providers: success(SOME_ROUTED),
    leavesOut: ["openrouter", "xai"],
    steps: [choose(/^Route/), press(/^Route \d+ providers$/, "OpenRouter was left out")],
  },
  {
    id: "token-missing",
    providers: success(SOME_ROUTED),
    refuses: gatewayError("token_missing"),
    steps: [choose(/^Route/), press(/^Route \d+ providers$/, "No token is stored")],
  },
  {
    id: "token-of-account",
    providers: success({ ...ALL_DIRECT, gateways: [gateway({ gatewayName: "other-gateway" })] }),
    steps: [open(ANTHROPIC), type("Gateway name", "second-gateway")],
  },
  { id: "tokens-differ", providers: success(TOKENS_DIFFER), steps: [open(ANTHROPIC)] },
  { id: "gateways", providers: success(SEVERAL_GATEWAYS), steps: [press("Edit my-gateway")] },
  {
    id: "route-menu",
    providers: success(SEVERAL_GATEWAYS),
    steps: [{ does: "menu", row: "OpenAI" }],
    cut: true,
  },
  { id: "mux-elsewhere", providers: success(MUX_ELSEWHERE), steps: [open(ANTHROPIC)] },
  { id: "today-direct", providers: success(TODAY_DIRECT), steps: [open(ANTHROPIC)] },
  {
    id: "gateway-added",
    providers: success(SEVERAL_GATEWAYS),
    steps: [press("Add gateway"), press("Choose providers")],
  },
  {
    id: "gateway-draft",
    providers: success(FROM_ENVIRONMENT_WITHOUT_KEYS),
    steps: [
      { does: "enter", field: "Gateway token", text: "sample-token" },
      press("Add gateway", "Not saved yet, because no provider uses it"),
    ],
  },
  {
    id: "domain-proposed",
    providers: success(ALL_DIRECT),
    steps: [
      { does: "enter", field: "Account ID", text: DOMAIN_ADDRESS },
      press("Choose providers", "Is ai.example.com the custom domain"),
    ],
  },
  {
    id: "domain-entered",
    providers: success(ALL_DIRECT),
    steps: [
      { does: "enter", field: "Account ID", text: DOMAIN_ADDRESS },
      press("Choose providers", "Is ai.example.com the custom domain"),
      press("Use ai.example.com", "Custom domain"),
    ],
  },
  {
    id: "domain-confirmed",
    providers: success(DOMAIN_CONFIRMED),
    steps: [press("Edit my-gateway"), open(ANTHROPIC)],
  },
  { id: "domain-unconfirmed", providers: success(DOMAIN_UNCONFIRMED), steps: [open(ANTHROPIC)] },
  { id: "domain-called", providers: success(DOMAIN_CALLED), steps: [open(ANTHROPIC)] },
  { id: "domain-by-hand", providers: success(DOMAIN_BY_HAND), steps: [open(ANTHROPIC)] },
  {
    id: "domain-question",
    providers: success(DOMAIN_UNCONFIRMED),
    steps: [press("Confirm domain…", "Is ai.example.com your domain?")],
    cut: true,
  },
  { id: "environment", providers: success(FROM_ENVIRONMENT), steps: [open(ANTHROPIC)] },
  {
    id: "remove-everything",
    providers: success(SOME_ROUTED),
    steps: [choose("Remove everything…")],
    cut: true,
  },
  {
    id: "undone",
    providers: ROUTED,
    steps: [{ does: "switch", row: ANTHROPIC }, press("Undo", "Undid:")],
  },
  {
    id: "conflict",
    providers: WITH_DETAILS,
    refuses: {
      ...gatewayError("conflict", { provider: "anthropic" }),
      conflict: { yours: block({ hasToken: true }), file: block({ gatewayName: "team-gateway" }) },
    },
    steps: [{ does: "switch", row: ANTHROPIC }],
  },
  {
    id: "change-refused",
    providers: WITH_DETAILS,
    refuses: gatewayError("file_read_only", { file: ALL_DIRECT.file }),
    steps: [{ does: "switch", row: ANTHROPIC }],
  },
  { id: "running", providers: ROUTED, steps: [test(ANTHROPIC)] },
  {
    id: "test-refused",
    providers: ROUTED,
    finds: failure("key_missing", { provider: "anthropic", variables: ["ANTHROPIC_API_KEY"] }),
    steps: [test(ANTHROPIC)],
  },
  { id: "test-stopped", providers: ROUTED, finds: failure("cancelled"), steps: [test(ANTHROPIC)] },
  ...VERDICT_NAMES.map((name) => found(`verdict-${name}`, VERDICTS[name])),
  ...CULPRIT_NAMES.map((name) => found(`culprit-${name}`, CULPRITS[name])),
  ...Object.entries(ACTS).map(([name, report]) => found(`act-${name}`, report)),
  {
    id: "mux-uses-openrouter",
    providers: success(withAnthropic(routed({ muxRoute: THROUGH_OPENROUTER }))),
    remembered: [{ provider: "anthropic", report: VERDICTS.gateway, stale: false }],
    finds: success(DETOURS.openrouter),
    steps: [test(ANTHROPIC)],
  },
  {
    id: "mux-goes-direct",
    providers: success({
      ...withAnthropic(routed({ muxRoute: WITHOUT_BLOCKS })),
      mirror: { on: false, canChange: true },
    }),
    finds: ({ route }) => success(route === "mux" ? DETOURS.direct : CULPRITS.gateway),
    steps: [test(ANTHROPIC), press("Test the settings’ route", "not in use now")],
  },
  {
    id: "mux-uses-login",
    providers: success(withAnthropic(routed({ muxRoute: WITH_LOGIN }))),
    finds: failure("mux_route_login", {
      provider: "anthropic",
      app: "mux",
      name: "the Codex login",
    }),
    steps: [test(ANTHROPIC)],
  },
  {
    id: "works-without-gateway",
    providers: ROUTED,
    remembered: [{ provider: "anthropic", report: CULPRITS.gateway, stale: false }],
    finds: ({ route }) => success(route === "direct" ? VERDICTS.direct : CULPRITS.gateway),
    steps: [
      test(ANTHROPIC),
      press("Try without the gateway", "Works without the gateway"),
      press(/^(?:Evidence|Times and comparison)$/),
    ],
  },
  {
    id: "details",
    providers: ROUTED,
    finds: success(CULPRITS.gateway),
    steps: [test(ANTHROPIC), press("Details")],
  },
  {
    id: "compared",
    providers: ROUTED,
    finds: eitherWay,
    steps: [
      test(ANTHROPIC),
      press(/^(?:Evidence|Times and comparison)$/),
      press("5 times", "Medians of 5 responses"),
    ],
  },
  {
    id: "remembered",
    providers: success(SOME_ROUTED),
    remembered: [
      { provider: "anthropic", report: VERDICTS.gateway, stale: false },
      { provider: "openai", report: { ...CULPRITS.provider, provider: "openai" }, stale: false },
      { provider: "deepseek", report: { ...VERDICTS.gateway, provider: "deepseek" }, stale: true },
    ],
    steps: [{ does: "show-last", row: "DeepSeek" }],
  },
  {
    id: "test-all",
    providers: success(SOME_ROUTED),
    finds: ({ provider }) =>
      success(ROUTED_BY_ALL.has(provider) ? VERDICTS.gateway : VERDICTS.direct),
    steps: [press("Test all", "3 through the gateway")],
  },
  {
    id: "test-all-failed",
    providers: success(SOME_ROUTED),
    finds: ({ provider }) => success(FOUND_BY_ALL[provider] ?? VERDICTS.direct),
    steps: [press("Test all", "were skipped"), press(/^Why \d+ were skipped$/)],
  },
  { id: "guide", providers: success(SOME_ROUTED), steps: [choose("Guide")], cut: true },
  {
    id: "shortcuts",
    providers: success(SOME_ROUTED),
    steps: [choose("Keyboard shortcuts")],
    cut: true,
  },
  { id: "long-texts", providers: success(LONG_TEXTS), steps: [] },
  {
    id: "long-texts-open",
    providers: success(LONG_TEXTS),
    steps: LONG_TEXTS.providers.map(({ name }) => open(name)),
  },
  { id: "many", providers: success(FIVE_HUNDRED), steps: [], cut: true },
  {
    id: "many-filtered",
    providers: success(FIVE_HUNDRED),
    steps: [{ does: "filter", text: "provider 12" }],
    cut: true,
  },
  ...ACCOUNT_STATES,
  ...ACCOUNT_LOG_STATES,
  { id: "one-provider", providers: success(view({ providers: [routed()] })), steps: [] },
];

function open(row: string): GalleryStep {
  return { does: "open", row };
}

function choose(entry: string | RegExp): GalleryStep {
  return { does: "choose", entry };
}

/** `shows` is a text that must be visible before the next step. */
function press(button: string | RegExp, shows?: string): GalleryStep {
  return shows === undefined ? { does: "press", button } : { does: "press", button, shows };
}

function test(row: string): GalleryStep {
  return { does: "test", row };
}

function type(field: string, text: string): GalleryStep {
  return { does: "type", row: ANTHROPIC, field, text };
}

function found(id: string, report: TestReport): GalleryState {
  const providers = report.expected === "gateway" ? ROUTED : success(ALL_DIRECT);
  return { id, providers, finds: success(report), steps: [test(ANTHROPIC)] };
}

/** A test through the gateway and one without it. */
function eitherWay({ route }: TestInput): Result<TestReport> {
  return success(route === "direct" ? VERDICTS.direct : VERDICTS.gateway);
}
