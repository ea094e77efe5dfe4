import { describe, expect, it } from "vitest";

import { ACCOUNT, block, gateway, MOONSHOT, provider } from "../../testing/sample-views";
import { planSwitch } from "../row/switch-plan";
import { fieldsOf } from "./gateway-draft";
import { knownSegment, segmentsToSuggest } from "./known-segments";

const OTHER_ACCOUNT = "f".repeat(32);
const usual = { accountId: ACCOUNT, gatewayName: "usual" };
const moonshot = { segment: "custom-moonshot", host: "api.moonshot.ai" };
const kimi = { segment: "custom-kimi", host: "api.moonshot.ai" };
const acme = { segment: "custom-acme", host: "llm.acme.example" };
const ACME = provider({
  id: "acme-2",
  kind: "custom",
  directBaseUrl: "https://llm.acme.example/v2",
});

const knownWith = (...customSegments: readonly (typeof moonshot)[]) => ({
  usual,
  gateways: [gateway(usual), gateway({ gatewayName: "other", isUsual: false, customSegments })],
  environmentGateway: null,
});

describe("the custom segment of a provider", () => {
  it.each([
    [
      "is that of the same host, in any gateway of the account",
      MOONSHOT,
      [moonshot, acme],
      "custom-moonshot",
    ],
    ["is that of the same host at another path", ACME, [moonshot, acme], "custom-acme"],
    ["is unknown when no block has its host", ACME, [moonshot], null],
    ["is unknown when two blocks have its host", MOONSHOT, [moonshot, kimi], null],
    [
      "is not needed when Cloudflare knows the host",
      provider(),
      [{ ...acme, host: "api.anthropic.com" }],
      null,
    ],
  ] as const)("%s", (_what, of, segments, expected) => {
    expect(knownSegment(of, ACCOUNT, knownWith(...segments))).toBe(expected);
    expect(fieldsOf(of, knownWith(...segments), null).segment).toBe(expected ?? "");
  });

  it("is not used for another account", () => {
    const known = knownWith(moonshot);
    expect(knownSegment(MOONSHOT, OTHER_ACCOUNT, known)).toBeNull();
    const draft = { accountId: OTHER_ACCOUNT, seen: "" };
    expect(fieldsOf(MOONSHOT, known, draft).segment).toBe("");
    expect(segmentsToSuggest(MOONSHOT, OTHER_ACCOUNT, known)).toEqual([]);
  });

  it("is never used for a key whose owner must be confirmed", () => {
    const foreign = provider({
      directBaseUrl: "https://llm.acme.example/v1",
      foreignHost: "llm.acme.example",
    });
    expect(knownSegment(foreign, ACCOUNT, knownWith(acme))).toBeNull();
    expect(segmentsToSuggest(foreign, ACCOUNT, knownWith(moonshot, acme))).toEqual([
      "custom-acme",
      "custom-moonshot",
    ]);
  });

  it("follows the block and the typed text", () => {
    const known = knownWith(moonshot);
    const own = { ...MOONSHOT, gateway: block({ ...usual, segment: "custom-own" }) };
    expect(fieldsOf(own, known, null).segment).toBe("custom-own");
    expect(fieldsOf(MOONSHOT, known, { segment: "", seen: "" }).segment).toBe("");
  });

  it("is sent with the switch, so that it need not be entered again", () => {
    expect(planSwitch(MOONSHOT, knownWith(moonshot), true)).toMatchObject({
      kind: "send",
      change: {
        call: "route",
        input: {
          gateway: usual,
          providers: [{ provider: "moonshotai", segment: "custom-moonshot" }],
        },
      },
    });
    expect(planSwitch(MOONSHOT, knownWith(), true)).toEqual({ kind: "form" });
  });
});
