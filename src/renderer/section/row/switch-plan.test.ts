import { describe, expect, it } from "vitest";

import { ACCOUNT, block, gateway, MOONSHOT, provider } from "../../testing/sample-views";
import { planGateway, planSwitch } from "./switch-plan";

const usual = { accountId: ACCOUNT, gatewayName: "usual" };
const known = { usual, gateways: [gateway(usual)], environmentGateway: null };
const NONE = { usual: null, gateways: [], environmentGateway: null };

describe("a click on a switch", () => {
  it("prefers the provider's own disabled block to the usual gateway", () => {
    const off = provider({ gateway: block({ gatewayName: "own", hasToken: true }) });
    expect(planSwitch(off, known, true)).toEqual({
      kind: "send",
      change: {
        call: "enable",
        input: { provider: "anthropic", accountId: ACCOUNT, gatewayName: "own" },
        expecting: "shown",
      },
    });
  });

  it("uses the usual gateway without a block", () => {
    expect(planSwitch(provider(), known, true)).toMatchObject({
      kind: "send",
      change: { call: "route", input: { gateway: usual } },
    });
  });

  it("keeps the custom domain of its own block", () => {
    const own = block({ gatewayName: "own", host: "ai.example.com", hasToken: true });
    expect(planSwitch(provider({ gateway: own }), known, true)).toMatchObject({
      change: { call: "enable", input: { gatewayName: "own", host: "ai.example.com" } },
    });
  });

  it("opens the form when the token of the gateway is unknown", () => {
    const gateways = [gateway({ ...usual, token: "none" })];
    expect(planSwitch(provider(), { ...known, gateways }, true)).toEqual({ kind: "form" });
  });

  it("opens the form when something is missing or wrong", () => {
    expect(planSwitch(provider(), NONE, true)).toEqual({ kind: "form" });
    expect(planSwitch(MOONSHOT, known, true)).toEqual({ kind: "form" });
    const wrong = provider({ gateway: block({ accountId: "oops" }) });
    expect(planSwitch(wrong, known, true)).toEqual({ kind: "form" });
  });

  it("needs no details to switch off", () => {
    const wrong = provider({ route: "gateway", gateway: block({ accountId: "oops" }) });
    expect(planSwitch(wrong, NONE, false)).toMatchObject({
      kind: "send",
      change: { call: "disable" },
    });
  });
});

describe("a gateway chosen from the menu", () => {
  const domain = { ...usual, host: "ai.example.com" };
  const gateways = [gateway(usual), gateway(domain)];
  const both = { usual, gateways, environmentGateway: null };

  it.each([
    ["with a custom domain", usual, domain],
    ["without one", domain, usual],
  ])("is the one %s, whatever the provider had", (_name, before, key) => {
    const routed = provider({ route: "gateway", gateway: block({ ...before, hasToken: true }) });
    const choice = { kind: "file", key, label: "" } as const;
    const input = { gateway: key, providers: [{ provider: "anthropic" }] };
    expect(planGateway(routed, both, choice)).toEqual({
      kind: "send",
      change: { call: "route", input, expecting: "shown" },
    });
  });
});
