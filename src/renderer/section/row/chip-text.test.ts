import { describe, expect, it } from "vitest";

import type { MuxRoute } from "../../../shared/mux-route";
import type { ProviderView } from "../../../shared/view";
import { block, provider } from "../../testing/sample-views";
import { shownRoute } from "../words/route-words";
import { chipOf, rowRemarks, routeSummary } from "./chip-text";

const ROUTED = provider({
  route: "gateway",
  gateway: block(),
  baseUrl: "https://gateway.ai.cloudflare.com/v1/a/my-gateway/anthropic",
});
const KNOWN = { app: "mux", isKnown: true } as const;

function chip(of: ProviderView, changes: Partial<typeof KNOWN> | { isKnown: false } = {}) {
  return chipOf(of, shownRoute(of, null), { ...KNOWN, ...changes });
}

const remarks = (of: ProviderView, isKnown = true) =>
  rowRemarks(of, shownRoute(of, null), { ...KNOWN, isKnown });

describe("the route in a row", () => {
  it("is the gateway's name, or why there is none", () => {
    expect(chip(ROUTED)).toEqual({ kind: "gateway", text: "my-gateway" });
    expect(chip(provider())).toEqual({ kind: "direct", text: "Direct" });
    expect(chip(provider({ keySource: "none" }))).toEqual({ kind: "direct", text: "No key" });
    expect(chip(provider({ keySource: "none", kind: "custom" }))?.text).toBe("Direct");
    const byHand = provider({ gatewayByHand: { accountId: "a", gatewayName: "mine" } });
    expect(chip(byHand)).toEqual({ kind: "gateway", text: "mine" });
    const incomplete = provider({ directBaseUrl: "https://gateway.ai.cloudflare.com/" });
    expect(chip(incomplete)?.text).toBe("Incomplete URL");
  });

  it("says nothing that an invalid file does not show", () => {
    const direct = provider({ keySource: "none" });
    expect(chip(direct, { isKnown: false })).toBeNull();
    expect(routeSummary(direct, shownRoute(direct, null), { ...KNOWN, isKnown: false })).toBe(
      "Route unknown",
    );
    expect(remarks(direct, false)).toEqual([]);
    expect(chip(ROUTED, { isKnown: false })?.text).toBe("my-gateway");
  });

  const message = "mux does something else.";
  const testable = false;
  it.each<readonly [string, MuxRoute, string]>([
    [
      "another of mux's gateways",
      { kind: "gateway", gateway: "openrouter", name: "OpenRouter", testable, message },
      "mux uses OpenRouter",
    ],
    ["a login", { kind: "login", name: "Codex", message }, "mux uses a login"],
    [
      "the provider's own host",
      {
        kind: "address",
        differs: "host",
        url: "https://api.anthropic.com/v1/messages",
        testable,
        message,
      },
      "today’s mux goes direct",
    ],
    [
      "another host",
      {
        kind: "address",
        differs: "host",
        url: "https://proxy.example/v1/messages",
        testable,
        message,
      },
      "mux calls proxy.example",
    ],
    [
      "an invalid URL",
      { kind: "address", differs: "host", url: null, testable, message },
      "mux calls another URL",
    ],
    [
      "the same gateway with another token",
      {
        kind: "address",
        differs: "token",
        url: `${ROUTED.baseUrl ?? ""}/v1/messages`,
        testable,
        message,
      },
      "mux sends another token",
    ],
    [
      "another URL of the gateway, which begins like the right one",
      {
        kind: "address",
        differs: "path",
        url: `${ROUTED.baseUrl ?? ""}//v1/messages`,
        testable,
        message,
      },
      "mux calls another URL",
    ],
  ])("says so when mux takes %s", (_, muxRoute, text) => {
    const elsewhere = { ...ROUTED, muxRoute };
    const isAddress = muxRoute.kind === "address";
    expect(chip(elsewhere)).toEqual({
      kind: "elsewhere",
      text: isAddress ? "my-gateway" : text,
    });
    expect(remarks(elsewhere)).toEqual(isAddress ? [text] : []);
    expect(routeSummary(elsewhere, shownRoute(elsewhere, null), KNOWN)).toBe(
      `Through my-gateway, but ${text}`,
    );
  });

  it("needs no attention when mux takes another route than a direct one", () => {
    const muxRoute: MuxRoute = { kind: "login", name: "Codex", message };
    expect(chip(provider({ muxRoute }))).toEqual({ kind: "direct", text: "mux uses a login" });
  });

  it("is not judged by mux's old route while a click is being saved", () => {
    const muxRoute: MuxRoute = { kind: "login", name: "Codex", message };
    const off = shownRoute(
      { ...ROUTED, muxRoute },
      { call: "disable", input: { provider: "anthropic" }, expecting: "shown" },
    );
    expect(chipOf({ ...ROUTED, muxRoute }, off, KNOWN)?.text).toBe("Direct");
  });

  it("remarks on a missing key only where the chip does not", () => {
    expect(remarks(provider({ keySource: "none" }))).toEqual([]);
    expect(remarks({ ...ROUTED, keySource: "none" })).toEqual(["No key"]);
    expect(remarks({ ...ROUTED, enabled: false })).toEqual(["Off in mux"]);
  });
});
