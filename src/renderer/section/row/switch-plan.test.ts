import { describe, expect, it } from "vitest";

import { ACCOUNT, block, MOONSHOT, provider } from "../../testing/sample-views";
import { planSwitch } from "./switch-plan";

const usual = { accountId: ACCOUNT, gatewayName: "usual" };

describe("a click on a switch", () => {
  it("takes the provider's own disabled block before the usual gateway", () => {
    const off = provider({ gateway: block({ gatewayName: "own", hasToken: true }) });
    expect(planSwitch(off, usual, true)).toEqual({
      kind: "send",
      change: {
        call: "enable",
        input: { provider: "anthropic", accountId: ACCOUNT, gatewayName: "own" },
        expecting: "shown",
      },
    });
  });

  it("takes the usual gateway where there is no block", () => {
    expect(planSwitch(provider(), usual, true)).toMatchObject({
      kind: "send",
      change: { input: usual },
    });
  });

  it("opens the form where something is missing or wrong", () => {
    expect(planSwitch(provider(), null, true)).toEqual({ kind: "form" });
    expect(planSwitch(MOONSHOT, usual, true)).toEqual({ kind: "form" });
    const wrong = provider({ gateway: block({ accountId: "oops" }) });
    expect(planSwitch(wrong, usual, true)).toEqual({ kind: "form" });
  });

  it("needs nothing to switch off", () => {
    const wrong = provider({ route: "gateway", gateway: block({ accountId: "oops" }) });
    expect(planSwitch(wrong, null, false)).toMatchObject({
      kind: "send",
      change: { call: "disable" },
    });
  });
});
