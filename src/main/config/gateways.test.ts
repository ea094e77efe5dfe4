/** Gateways as the view has them: derived from the blocks, without a store of their own. */
import { expect, test } from "vitest";

import type { GatewayView, TokenState } from "../../shared/gateways";
import { environmentGateway, gatewaysIn, usualGateway, viewGateway } from "./gateways";
import { snapshotOf } from "./snapshot";

const A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

function read(file: object) {
  return snapshotOf({ success: true, data: Buffer.from(JSON.stringify(file)) }, "file").providers;
}

function shown(file: object): readonly GatewayView[] {
  const gateways = gatewaysIn(read(file));
  const about = { env: {}, domains: [] };
  return gateways.map((each) => viewGateway(each, usualGateway(gateways), about));
}

const on = (accountId: string, gatewayName: string, more: object = {}) => ({
  cloudflareGateway: { accountId, gatewayName, ...more },
});
const off = (accountId: string, gatewayName: string) => ({
  cloudflareGatewayDisabled: { accountId, gatewayName },
});

test("lists each custom segment once, with the host of the provider that has it", () => {
  const custom = (baseUrl: string, segment: string, name = "one") => ({
    providerType: "openai-compatible",
    baseUrl,
    ...on(A, name, { segment }),
  });
  const file = {
    moonshotai: on(A, "one", { segment: "custom-moonshot" }),
    acme: custom("https://user:secret@llm.acme.example/v1", "custom-acme"),
    "acme-2": custom("https://llm.acme.example/v2", "custom-acme"),
    groq: custom("https://api.groq.com/openai/v1", "groq"),
    "by-hand": custom(
      `https://gateway.ai.cloudflare.com/v1/${A}/two/custom-hand/v1`,
      "custom-hand",
    ),
    wrong: custom("https://llm.acme.example/v1", "custom-../x"),
    zed: {
      providerType: "openai-compatible",
      baseUrl: "https://zed.example/v1",
      cloudflareGatewayDisabled: { accountId: A, gatewayName: "one", segment: "custom-zed" },
    },
    beta: custom("https://beta.example/v1", "custom-beta", "two"),
  };
  expect(shown(file).map(({ customSegments }) => customSegments)).toEqual([
    [
      { segment: "custom-moonshot", host: "api.moonshot.ai" },
      { segment: "custom-acme", host: "llm.acme.example" },
      { segment: "custom-zed", host: "zed.example" },
    ],
    [{ segment: "custom-beta", host: "beta.example" }],
  ]);
});

test("lists every gateway with its users, and the one that most routed providers use as usual", () => {
  const file = {
    anthropic: on(A, "one"),
    openai: off(A, "one"),
    google: on(A, "two"),
    xai: on(A, "two"),
    deepseek: off(B, "one"),
    mistral: on("", "nameless"),
  };
  expect(shown(file)).toEqual([
    {
      accountId: A,
      gatewayName: "one",
      active: ["anthropic"],
      disabled: ["openai"],
      token: "none",
      storePrompts: true,
      customSegments: [],
      isUsual: false,
    },
    {
      accountId: A,
      gatewayName: "two",
      active: ["google", "xai"],
      disabled: [],
      token: "none",
      storePrompts: true,
      customSegments: [],
      isUsual: true,
    },
    {
      accountId: B,
      gatewayName: "one",
      active: [],
      disabled: ["deepseek"],
      token: "none",
      storePrompts: true,
      customSegments: [],
      isUsual: false,
    },
  ]);
});

test.each<readonly [TokenState, readonly object[]]>([
  ["all", [{ token: "t" }, { token: "t" }]],
  ["some", [{ token: "t" }, {}]],
  ["some", [{ token: "t" }, { token: "a b" }]],
  ["none", [{}, {}]],
  ["different", [{ token: "t" }, { token: "u" }]],
  ["different", [{ token: "t" }, { token: null }]],
  ["open", [{ token: null }, {}]],
  ["open", [{ token: null }, { token: null }]],
])("the state of a gateway's token is %s given %j", (state, [first = {}, second = {}]) => {
  const file = { anthropic: on(A, "one", first), openai: on(A, "one", second) };
  expect(shown(file)).toMatchObject([{ token: state }]);
});

test("counts OpenRouter's mirrored header as its token", () => {
  const openrouter = {
    ...on(A, "one", { mirror: ["baseUrl", "headers"] }),
    baseUrl: `https://gateway.ai.cloudflare.com/v1/${A}/one/openrouter`,
    headers: { "cf-aig-authorization": "Bearer t" },
  };
  const file = { anthropic: on(A, "one", { token: "t" }), openrouter };
  expect(shown(file)).toMatchObject([{ token: "all" }]);
});

test("no gateway shows a token", () => {
  expect(JSON.stringify(shown({ anthropic: on(A, "one", { token: "canary" }) }))).not.toMatch(
    /canary/,
  );
});

test.each([
  [{ CLOUDFLARE_ACCOUNT_ID: A, CLOUDFLARE_GATEWAY_NAME: "one" }, false],
  [
    {
      CLOUDFLARE_ACCOUNT_ID: ` ${A}\n`,
      CLOUDFLARE_GATEWAY_NAME: "one",
      CLOUDFLARE_AI_GATEWAY_TOKEN: "t",
    },
    true,
  ],
  [
    {
      CLOUDFLARE_ACCOUNT_ID: A,
      CLOUDFLARE_GATEWAY_NAME: "one",
      CLOUDFLARE_AI_GATEWAY_TOKEN: "a b",
    },
    false,
  ],
])("the environment names a gateway given %j", (env, hasToken) => {
  expect(environmentGateway(env)).toEqual({ accountId: A, gatewayName: "one", hasToken });
});

test.each([
  {},
  { CLOUDFLARE_ACCOUNT_ID: A },
  { CLOUDFLARE_GATEWAY_NAME: "one" },
  { CLOUDFLARE_ACCOUNT_ID: "short", CLOUDFLARE_GATEWAY_NAME: "one" },
])("the environment names no gateway given %j", (env) => {
  expect(environmentGateway(env)).toBeNull();
});
