import { describe, expect, it } from "vitest";

import { ACCOUNT, block, gateway, MOONSHOT, OLLAMA, provider } from "../../testing/sample-views";
import { planDirect, planEnvironment, planRemove, planRouteAll } from "./route-all";

const usual = { accountId: ACCOUNT, gatewayName: "usual" };
const known = { usual, gateways: [gateway(usual)], environmentGateway: null };
const UNKNOWN = { usual: null, gateways: [], environmentGateway: null };

describe("routing all", () => {
  it("puts all who are direct and need nothing typed behind the usual gateway, in one call", () => {
    const disabled = provider({ id: "xai", gateway: block({ gatewayName: "usual" }) });
    expect(planRouteAll([provider(), disabled], known)).toEqual({
      gateway: usual,
      providers: ["anthropic", "xai"],
    });
  });

  it("takes the gateway that most have switched off while none is on", () => {
    const gateways = [
      gateway({ gatewayName: "once", disabled: ["a"] }),
      gateway({ gatewayName: "twice", disabled: ["b", "c"] }),
    ];
    const plan = planRouteAll([provider()], { usual: null, gateways, environmentGateway: null });
    expect(plan?.gateway.gatewayName).toBe("twice");
  });

  it("includes a key of another host once its segment is chosen", () => {
    const confirmed = provider({
      foreignHost: "coder.example.com",
      gateway: block({ gatewayName: "usual", segment: "anthropic" }),
    });
    expect(planRouteAll([confirmed], known)?.providers).toEqual(["anthropic"]);
  });

  it("leaves everybody else alone", () => {
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
    expect(planRouteAll(others, known)?.providers).toEqual([]);
    expect(planRouteAll([provider()], UNKNOWN)).toBeNull();
  });
});

describe("the gateway from the environment", () => {
  const environment = { ...usual, hasToken: true };

  it("takes all who are ready, with the token that main reads there", () => {
    const plan = planEnvironment([provider(), MOONSHOT], {
      ...UNKNOWN,
      environmentGateway: environment,
    });
    expect(plan).toEqual({
      gateway: { ...usual, token: { from: "environment" } },
      providers: ["anthropic"],
    });
  });

  it("is no offer without its token", () => {
    const environmentGateway = { ...environment, hasToken: false };
    expect(planEnvironment([provider()], { ...UNKNOWN, environmentGateway })).toBeNull();
    expect(planEnvironment([provider()], UNKNOWN)).toBeNull();
  });
});

it("sends all direct whose block is on, and removes every block that can be edited", () => {
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
