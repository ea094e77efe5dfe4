import { describe, expect, it } from "vitest";

import { ACCOUNT, block, gateway, MOONSHOT, OLLAMA, provider } from "../../testing/sample-views";
import {
  candidatesForNew,
  planDirect,
  planEnvironment,
  planRemove,
  planRouteAll,
} from "./route-all";

const usual = { accountId: ACCOUNT, gatewayName: "usual" };
const known = { usual, gateways: [gateway(usual)], environmentGateway: null };
const UNKNOWN = { usual: null, gateways: [], environmentGateway: null };

describe("routing all", () => {
  it("routes all direct providers that need no input through the usual gateway, in one call", () => {
    const disabled = provider({ id: "xai", gateway: block({ gatewayName: "usual" }) });
    expect(planRouteAll([provider(), disabled], known, false)).toEqual({
      gateway: usual,
      providers: ["anthropic", "xai"],
    });
  });

  it("uses the gateway that most providers have turned off when none is on", () => {
    const gateways = [
      gateway({ gatewayName: "once", disabled: ["a"] }),
      gateway({ gatewayName: "twice", disabled: ["b", "c"] }),
    ];
    const plan = planRouteAll(
      [provider()],
      { usual: null, gateways, environmentGateway: null },
      false,
    );
    expect(plan?.gateway.gatewayName).toBe("twice");
  });

  it("includes a provider with a key of another host once its segment is chosen", () => {
    const confirmed = provider({
      foreignHost: "coder.example.com",
      gateway: block({ gatewayName: "usual", segment: "anthropic" }),
    });
    expect(planRouteAll([confirmed], known, false)?.providers).toEqual(["anthropic"]);
  });

  it("changes no other provider", () => {
    const others = [
      provider({ route: "gateway", gateway: block() }),
      provider({ gatewayByHand: usual }),
      provider({ enabled: false }),
      provider({ keySource: "none" }),
      provider({ notices: [{ code: "duplicate_block", message: "" }] }),
      provider({ foreignHost: "coder.example.com" }),
      provider({ foreignHost: "coder.example.com", gateway: block() }),
      provider({ gateway: block({ gatewayName: "of-its-own" }) }),
      MOONSHOT,
      OLLAMA,
    ];
    expect(planRouteAll(others, known, false)?.providers).toEqual([]);
    expect(planRouteAll([provider()], UNKNOWN, false)).toBeNull();
  });
});

describe("OpenRouter", () => {
  const openrouter = provider({ id: "openrouter", name: "OpenRouter" });
  const custom = provider({
    id: "openrouter",
    kind: "custom",
    directBaseUrl: "https://api.groq.com/openai/v1",
  });
  const gateways = [gateway({ ...usual, token: "open" })];
  const environmentGateway = { ...usual, hasToken: true };

  it.each([
    ["a token while nothing is mirrored", known, openrouter, false, 0],
    ["a token with the mirror", known, openrouter, true, 1],
    ["no token at an open gateway", { ...known, gateways }, openrouter, false, 1],
    ["its name, as a custom provider", known, custom, false, 1],
  ] as const)("is counted only where it can have its token: %s", (_what, at, one, on, count) => {
    expect(planRouteAll([one], at, on)?.providers).toHaveLength(count);
  });

  it("is not offered for a new gateway or the environment's gateway without the mirror", () => {
    const withEnvironment = { ...UNKNOWN, environmentGateway };
    for (const on of [true, false]) {
      const count = on ? 2 : 1;
      expect(candidatesForNew([provider(), openrouter], on)).toHaveLength(count);
      const plan = planEnvironment([provider(), openrouter], withEnvironment, on);
      expect(plan?.providers).toHaveLength(count);
    }
  });
});

describe("the gateway from the environment", () => {
  const environment = { ...usual, hasToken: true };

  it("routes all ready providers, with the token that main reads there", () => {
    const plan = planEnvironment(
      [provider(), MOONSHOT],
      {
        ...UNKNOWN,
        environmentGateway: environment,
      },
      false,
    );
    expect(plan).toEqual({
      gateway: { ...usual, token: { from: "environment" } },
      providers: ["anthropic"],
    });
  });

  it("is not offered without its token", () => {
    const environmentGateway = { ...environment, hasToken: false };
    expect(planEnvironment([provider()], { ...UNKNOWN, environmentGateway }, false)).toBeNull();
    expect(planEnvironment([provider()], UNKNOWN, false)).toBeNull();
  });
});

it("turns off every block that is on, and removes every block that can be edited", () => {
  const notices = [{ code: "duplicate_block", message: "" }] as const;
  const all = [
    provider({ route: "gateway", gateway: block() }),
    provider({ id: "xai", gateway: block() }),
    provider({ id: "openai", route: "gateway", gateway: block(), notices }),
    provider({ id: "google" }),
  ];
  expect(planDirect(all)).toEqual(["anthropic"]);
  expect(planRemove(all)).toEqual(["anthropic", "xai"]);
});
