/** The rules of tokens, as a table: which one a gateway gets, and when none may be taken. */
import { describe, expect, test } from "vitest";

import type { DomainKey, GatewayKey, TokenChoice } from "../../shared/gateways";
import { snapshotOf } from "./snapshot";
import { chosenToken, storedToken } from "./token-choice";

const A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const target = { accountId: A, gatewayName: "gw" };

interface Block {
  readonly account?: string;
  readonly name?: string;
  readonly token?: string | null;
  readonly off?: true;
  readonly host?: string;
}

const MISSING = { code: "token_missing" };
const OTHER = { code: "token_other_account" };
const UNCONFIRMED = { code: "domain_unconfirmed" };
const TAKEN = { token: "t" };

const IDS = ["anthropic", "openai", "google"];

function providersWith(...blocks: readonly Block[]) {
  const members = blocks.map(({ account = A, name = "gw", off, token, host }, index) => {
    const block = { accountId: account, gatewayName: name, token, host };
    return [IDS[index], { [off ? "cloudflareGatewayDisabled" : "cloudflareGateway"]: block }];
  });
  const bytes = Buffer.from(JSON.stringify(Object.fromEntries(members)));
  return snapshotOf({ success: true, data: bytes }, "file").providers;
}

const OPENROUTER = Buffer.from(
  JSON.stringify({
    openrouter: {
      baseUrl: `https://gateway.ai.cloudflare.com/v1/${A}/gw/openrouter`,
      headers: { "cf-aig-authorization": "Bearer mirrored" },
      cloudflareGateway: { accountId: A, gatewayName: "gw", mirror: ["baseUrl", "headers"] },
    },
  }),
);

/** The token, null for an open gateway, or the code of the error. */
const outcome = (result: ReturnType<typeof storedToken>) =>
  result.success ? { token: result.data } : { code: result.error.code };

describe("without a choice", () => {
  test.each<readonly [string, readonly Block[], object]>([
    ["no block", [], { code: "token_missing" }],
    ["the gateway's own", [{ token: "t" }], { token: "t" }],
    ["a disabled block", [{ token: "t", off: true }], { token: "t" }],
    ["the same in several", [{ token: "t" }, { token: "t" }, {}], { token: "t" }],
    ["several of the gateway", [{ token: "t" }, { token: "u" }], { code: "token_differs" }],
    ["another gateway of the account", [{ name: "x", token: "t" }], { token: "t" }],
    [
      "the gateway's before the account's",
      [{ token: "t" }, { name: "x", token: "u" }],
      { token: "t" },
    ],
    [
      "several of the account",
      [
        { name: "x", token: "t" },
        { name: "y", token: "u" },
      ],
      { code: "token_differs" },
    ],
    ["another account", [{ account: B, token: "t" }], { code: "token_missing" }],
    ["a custom host", [{ host: "ai.example.com", token: "t" }], { code: "token_missing" }],
    ["no token in its blocks", [{}, { off: true }], { code: "token_missing" }],
    ["an open gateway", [{ token: null }, {}], { token: null }],
    [
      "an open gateway before the account's",
      [{ token: null }, { name: "x", token: "t" }],
      { token: null },
    ],
    ["another gateway that is open", [{ name: "x", token: null }], { code: "token_missing" }],
    [
      "blocks that disagree about an open gateway",
      [{ token: null }, { token: "t" }],
      { code: "token_differs" },
    ],
    ["an invalid token", [{ token: "a b" }], { code: "token_missing" }],
  ])("finds the stored token or an error for: %s", (_name, blocks, expected) => {
    expect(
      outcome(storedToken(target, { providers: providersWith(...blocks), domains: [] })),
    ).toEqual(expected);
  });

  test("uses OpenRouter's mirrored header when it has one", () => {
    const { providers } = snapshotOf({ success: true, data: OPENROUTER }, "file");
    expect(outcome(storedToken(target, { providers, domains: [] }))).toEqual({ token: "mirrored" });
  });
});

describe("a token and its account and host", () => {
  const host = "ai.example.com";
  const domain = { ...target, host };
  const anthropic: TokenChoice = { from: "provider", provider: "anthropic" };
  const entered: readonly Block[] = [{ host, token: "t" }];
  const onOtherName: readonly Block[] = [{ host, name: "x", token: "t" }];

  test.each<readonly [string, GatewayKey, readonly Block[], readonly DomainKey[], object, object]>([
    ["Cloudflare's host, of a domain", target, entered, [domain], MISSING, OTHER],
    ["a domain, of Cloudflare's host", domain, [{ token: "t" }], [domain], MISSING, OTHER],
    [
      "a domain, of another domain",
      domain,
      [{ host: "x.example.com", token: "t" }],
      [domain],
      MISSING,
      OTHER,
    ],
    [
      "a domain, of another account there",
      domain,
      [{ host, account: B, token: "t" }],
      [domain],
      MISSING,
      OTHER,
    ],
    ["an unconfirmed domain, of the same", domain, entered, [], UNCONFIRMED, UNCONFIRMED],
    [
      "a domain that is confirmed for another gateway",
      domain,
      entered,
      [{ ...domain, gatewayName: "x" }],
      UNCONFIRMED,
      UNCONFIRMED,
    ],
    ["a confirmed domain, of the same", domain, entered, [domain], TAKEN, TAKEN],
    ["a confirmed domain, of its other gateway", domain, onOtherName, [domain], TAKEN, TAKEN],
    [
      "a block with an invalid domain",
      domain,
      [{ host: "AI.example.com", token: "t" }],
      [domain],
      MISSING,
      OTHER,
    ],
  ])("are checked before it is used for %s", (_name, gateway, blocks, domains, stored, chosen) => {
    const sources = { providers: providersWith(...blocks), env: {}, domains };
    expect(outcome(storedToken(gateway, sources))).toEqual(stored);
    expect(outcome(chosenToken(anthropic, gateway, sources))).toEqual(chosen);
    expect(outcome(chosenToken("typed", gateway, sources))).toEqual({ token: "typed" });
  });
});

describe("a choice", () => {
  const env = { CLOUDFLARE_ACCOUNT_ID: A, CLOUDFLARE_AI_GATEWAY_TOKEN: "from-env" };
  const environment: TokenChoice = { from: "environment" };
  const anthropic: TokenChoice = { from: "provider", provider: "anthropic" };

  test.each<readonly [string, TokenChoice, readonly Block[], NodeJS.ProcessEnv, object]>([
    ["the given text", "typed", [{ token: "t" }], {}, { token: "typed" }],
    ["an open gateway", null, [{ token: "t" }], {}, { token: null }],
    ["the environment's", environment, [], env, { token: "from-env" }],
    [
      "the environment's of another account",
      environment,
      [],
      { ...env, CLOUDFLARE_ACCOUNT_ID: B },
      { code: "token_other_account" },
    ],
    [
      "the environment's without an account",
      environment,
      [],
      { CLOUDFLARE_AI_GATEWAY_TOKEN: "from-env" },
      { code: "token_other_account" },
    ],
    [
      "none in the environment",
      environment,
      [],
      { CLOUDFLARE_ACCOUNT_ID: A },
      { code: "token_missing" },
    ],
    ["a provider's", anthropic, [{ name: "x", token: "t" }], {}, { token: "t" }],
    ["a disabled provider's", anthropic, [{ off: true, token: "t" }], {}, { token: "t" }],
    [
      "a provider's of another account",
      anthropic,
      [{ account: B, token: "t" }],
      {},
      { code: "token_other_account" },
    ],
    [
      "a provider's for a custom host",
      anthropic,
      [{ host: "h.example.com", token: "t" }],
      {},
      { code: "token_other_account" },
    ],
    ["a provider's that is open", anthropic, [{ token: null }], {}, { token: null }],
    ["a provider's without a token", anthropic, [{}], {}, { code: "token_missing" }],
    ["a provider without a block", anthropic, [], {}, { code: "token_missing" }],
    [
      "an unknown provider's",
      { from: "provider", provider: "nobody" },
      [],
      {},
      { code: "provider_unknown" },
    ],
  ])("returns the token or an error for: %s", (_name, choice, blocks, given, expected) => {
    const sources = { providers: providersWith(...blocks), env: given, domains: [] };
    expect(outcome(chosenToken(choice, target, sources))).toEqual(expected);
  });
});
