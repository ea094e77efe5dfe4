/** Views for the gallery, from a missing file to five hundred providers. */
import { CERTIFICATES_UNCHECKED } from "../../shared/certificate-check";
import { gatewayError } from "../../shared/errors";
import { BUILT_IN_PROVIDERS } from "../../shared/providers";
import type { Notice, ProvidersView, ProviderView } from "../../shared/view";
import { ACCOUNT, block, gateway, provider, view } from "./sample-views";

const USUAL = { accountId: ACCOUNT, gatewayName: "my-gateway" } as const;
const NO_GATEWAY = { providers: builtIns(), usual: null } as const;

/** mux's built-in providers, each with an API key in the file. */
export function builtIns(changes: Partial<ProviderView> = {}): readonly ProviderView[] {
  return BUILT_IN_PROVIDERS.map(({ id, name, gateway: ways, baseUrl }) =>
    provider({
      id,
      name,
      unroutable: ways.kind === "unroutable" ? ways.reason : null,
      baseUrl,
      directBaseUrl: baseUrl,
      ...changes,
    }),
  );
}

/** Anthropic with these `changes`, above the other built-in providers. */
export function withAnthropic(changes: Partial<ProviderView>): ProvidersView {
  return view({
    providers: [provider(changes), ...builtIns().filter(({ id }) => id !== "anthropic")],
    usual: changes.route === "gateway" ? USUAL : null,
  });
}

/** A provider whose requests go through a gateway. */
export function routed(changes: Partial<ProviderView> = {}): ProviderView {
  const id = changes.id ?? "anthropic";
  return provider({
    route: "gateway",
    gateway: block(),
    baseUrl: `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/my-gateway/${id}/v1`,
    ...changes,
  });
}

export const ALL_DIRECT = view(NO_GATEWAY);

export const FIRST_START = view({
  ...NO_GATEWAY,
  exists: false,
  providers: builtIns({ inFile: false, keySource: "none" }),
});

export const NO_KEYS = view({
  ...NO_GATEWAY,
  providers: builtIns({ inFile: false, keySource: "none" }),
});

export const NO_PROVIDERS = view({ providers: [], usual: null });

export const SOME_ROUTED = view({
  providers: builtIns().map((each) =>
    ["anthropic", "openai", "deepseek"].includes(each.id)
      ? routed({ id: each.id, name: each.name, directBaseUrl: each.directBaseUrl })
      : each,
  ),
  mirror: { on: true, canChange: true },
  undoSteps: 1,
});

/** Two providers of one gateway store different tokens. */
export const TOKENS_DIFFER = view({
  ...SOME_ROUTED,
  providers: SOME_ROUTED.providers.map((each) =>
    each.gateway === null || each.id === "deepseek"
      ? each
      : { ...each, gateway: block({ hasToken: true }) },
  ),
  gateways: [gateway({ active: ["anthropic", "openai", "deepseek"], token: "different" })],
});

/** The environment defines a gateway with a token, and no provider is routed yet. */
export const FROM_ENVIRONMENT = view({
  ...NO_GATEWAY,
  environmentGateway: { ...USUAL, hasToken: true },
});

/** The environment names an open gateway, and no provider has a key. */
export const FROM_ENVIRONMENT_WITHOUT_KEYS = view({
  ...NO_KEYS,
  environmentGateway: { ...USUAL, hasToken: false },
});

/** Gateways with a token, with a token for some, without one, open, and with a disabled block only. */
export const SEVERAL_GATEWAYS = view({
  ...SOME_ROUTED,
  providers: SOME_ROUTED.providers.map((each) =>
    each.id === "google"
      ? routed({
          id: each.id,
          name: each.name,
          gateway: block({ gatewayName: "team-gateway", hasToken: true }),
        })
      : each,
  ),
  gateways: [
    gateway({ active: ["anthropic", "openai", "deepseek"] }),
    gateway({ gatewayName: "team-gateway", active: ["google", "xai"], token: "some" }),
    gateway({ gatewayName: "cached-gateway", active: ["openrouter"], token: "none" }),
    gateway({ gatewayName: "open-gateway", active: ["moonshotai"], token: "open" }),
    gateway({ accountId: "f".repeat(32), gatewayName: "unused-gateway", disabled: ["groq"] }),
  ],
});

export const MIRROR_OFF = view({
  ...SOME_ROUTED,
  mirror: { on: false, canChange: true },
});

export const EVERY_LIMIT = view({
  providers: [
    provider({ keySource: "none" }),
    provider({ id: "openai", name: "OpenAI", enabled: false }),
    provider({
      id: "deepseek",
      name: "DeepSeek",
      gatewayByHand: { accountId: ACCOUNT, gatewayName: "by-hand" },
    }),
    provider({ id: "google", name: "Google", keySource: "environment" }),
    ...(["local", "signed", "azure", "own-login", "own-gateway", "no-base-url"] as const).map(
      (unroutable) => provider({ id: unroutable, name: `Kept: ${unroutable}`, unroutable }),
    ),
  ],
  usual: null,
});

const NOTICES: readonly Notice[] = [
  {
    code: "duplicate_provider",
    message: "It appears 2 times in the file (lines 4 and 19). Only the last entry is used.",
  },
  {
    code: "both_blocks",
    message:
      "It has an active and a disabled gateway. The active one counts. Turning it off removes the disabled one.",
  },
  {
    code: "gateway_base_url",
    message: "Its base URL, entered by hand, already points to the Cloudflare gateway “team-a”.",
    fix: "adopt_gateway",
  },
  {
    code: "codex_login",
    message:
      'mux prefers OpenAI\'s Codex login to the API key, so it fails or bypasses the gateway. Set "codexOauthDefaultAuth" to "apiKey" to use the key.',
    fix: "use_api_key_auth",
  },
  {
    code: "mirror_out_of_step",
    message:
      "The base URL or token header differs from the gateway settings. Current mux releases therefore use another route.",
    fix: "mend_mirror",
  },
];

export const WITH_NOTICES = withAnthropic(
  routed({ gateway: block({ hasToken: true }), notices: NOTICES }),
);

/** Certificates are not checked, and one base URL spells the gateway's host wrong. */
export const UNCHECKED = view({
  ...withAnthropic(
    provider({
      baseUrl: `http://gateway.ai.cloudflare.com/v1/${ACCOUNT}/by-hand/anthropic/v1`,
      directBaseUrl: `http://gateway.ai.cloudflare.com/v1/${ACCOUNT}/by-hand/anthropic/v1`,
      gatewayByHand: { accountId: ACCOUNT, gatewayName: "by-hand" },
      notices: [
        {
          code: "gateway_address_wrong",
          message:
            "Its base URL points to Cloudflare AI Gateway, but it starts with http:// instead of https://. Use https://gateway.ai.cloudflare.com/ with the same path.",
          fix: "adopt_gateway",
        },
      ],
    }),
  ),
  warnings: [{ code: "certificates_unchecked", message: CERTIFICATES_UNCHECKED }],
});

/** One token leaks to the provider, another to a host from a custom base URL. */
export const LEAKING = view({
  ...SOME_ROUTED,
  providers: SOME_ROUTED.providers.map((each) => {
    if (each.id === "anthropic") return leaking(each, "api.anthropic.com");
    return each.id === "ollama" ? leaking(each, "localhost:11434") : each;
  }),
});

export const ONE_LEAKING = view({
  ...SOME_ROUTED,
  providers: SOME_ROUTED.providers.map((each) =>
    each.id === "anthropic" ? leaking(each, "api.anthropic.com") : each,
  ),
});

function leaking(each: ProviderView, host: string): ProviderView {
  const fix = each.route === "gateway" ? "restore_gateway_url" : "remove_token_header";
  const message = `The next chat sends the gateway token to ${host}, because the base URL does not point to the gateway.`;
  return { ...each, leak: { host, fix }, notices: [{ code: "token_leak", message, fix }] };
}

const BRIDGE = "https://coder.example.com/api/v2/aibridge/openai/v1";

/** Keys of a company's proxy: one provider is direct, one was routed before its key was confirmed. */
export const FOREIGN_KEYS = view({ providers: builtIns().map(foreign) });

function foreign(each: ProviderView): ProviderView {
  const { id, name, directBaseUrl } = each;
  if (id === "openai") {
    return provider({
      id,
      name,
      baseUrl: BRIDGE,
      directBaseUrl: BRIDGE,
      foreignHost: "coder.example.com",
    });
  }
  if (id === "google") return routed({ id, name, directBaseUrl });
  if (id !== "xai") return each;
  const host = "res.services.ai.azure.com";
  const message = `Its base URL points to ${host}, but its gateway sends that host's key to the provider. Confirm the key below, or enter a custom segment.`;
  return routed({
    id,
    name,
    directBaseUrl: `https://${host}/openai/v1`,
    foreignHost: host,
    notices: [{ code: "foreign_host", message }],
  });
}

const DUPLICATE_BLOCK: Notice = {
  code: "duplicate_block",
  message:
    "It has 2 gateway entries (lines 6 and 11). Remove all but one in the file to change it here.",
};
const INCOMPLETE: Notice = {
  code: "block_incomplete",
  message: `Its gateway settings are not valid. ${gatewayError("account_id_invalid", { what: "It has 9 characters." }).message}`,
};

/** Mistakes of a manual edit, as main reports them. */
export const WITH_DAMAGE = view({
  otherFile: "/home/ana/.xum/providers.jsonc",
  providers: [
    routed({ notices: [DUPLICATE_BLOCK] }),
    routed({
      id: "openai",
      name: "OpenAI",
      gateway: block({ accountId: "not-an-id" }),
      baseUrl: null,
      directBaseUrl: "https://api.openai.com/v1",
      notices: [INCOMPLETE],
    }),
    ...builtIns().filter(({ id }) => id !== "anthropic" && id !== "openai"),
  ],
});

const LONG = "a-very-long-name-that-nobody-would-type-but-a-script-might".repeat(2);

export const LONG_TEXTS = view({
  file: `/Users/ana/Library/Application Support/${"a folder with a long name/".repeat(4)}providers.jsonc`,
  otherFile: "/Users/ana/.xum/providers.jsonc",
  providers: [
    routed({
      id: "long",
      name: "The Department’s Shared Inference Platform (staging, Frankfurt), version 2 of 2026",
      kind: "custom",
      gateway: block({ gatewayName: LONG.slice(0, 64), segment: `custom-${LONG}` }),
      baseUrl: `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/${LONG.slice(0, 64)}/custom-${LONG}/v1`,
      directBaseUrl: `https://${"deep.".repeat(14)}example.com/openai/deployments/${LONG}/v1`,
    }),
    provider({
      id: "rtl",
      name: "مزود الذكاء الاصطناعي (تجريبي)",
      kind: "custom",
      baseUrl: "https://ai.example.com/v1",
      directBaseUrl: "https://ai.example.com/v1",
    }),
    provider({ id: "hebrew", name: "ספק בינה מלאכותית GPT-5 של החברה", kind: "custom" }),
    provider({ id: LONG, name: LONG, kind: "custom" }),
    provider({ id: "emoji", name: "🦜🔗 “quoted” </li> — 推論サービス", kind: "custom" }),
  ],
});

/** Every third custom provider is routed. */
export const FIVE_HUNDRED = view({
  providers: [
    ...builtIns(),
    ...Array.from({ length: 500 - BUILT_IN_PROVIDERS.length }, (_, index) => {
      const id = `custom-${index + 1}`;
      const own = {
        id,
        name: `Custom provider ${index + 1}`,
        kind: "custom",
        directBaseUrl: `https://${id}.example.com/v1`,
      } as const;
      return index % 3 === 0
        ? routed({ ...own, gateway: block({ segment: id }) })
        : provider({ ...own, baseUrl: own.directBaseUrl });
    }),
  ],
});
