import { describe, expect, it } from "vitest";

import { block, OLLAMA, provider } from "../../testing/sample-views";
import { initialsOf, remarksOn, routeWords, shownRoute } from "./route-words";

describe("where requests go, in words", () => {
  it("names the gateway of a routed provider and the host of a direct one", () => {
    const routed = provider({ route: "gateway", gateway: block() });
    expect(routeWords(routed, shownRoute(routed, null))).toBe("Through my-gateway");
    const direct = provider({ gateway: block() });
    expect(routeWords(direct, shownRoute(direct, null))).toBe("Direct to api.anthropic.com");
  });

  it("shows the requested route while a click is being saved", () => {
    const direct = provider();
    const input = { provider: "anthropic", accountId: "a", gatewayName: "next" };
    const on = shownRoute(direct, { call: "enable", input, expecting: "shown" });
    expect(routeWords(direct, on)).toBe("Through next");
    const routed = provider({ route: "gateway", gateway: block() });
    const off = shownRoute(routed, {
      call: "disable",
      input: { provider: "anthropic" },
      expecting: "shown",
    });
    expect(routeWords(routed, off)).toBe("Direct to api.anthropic.com");
  });

  it("names a gateway that only the base URL leads to", () => {
    const byHand = provider({ gatewayByHand: { accountId: "a", gatewayName: "mine" } });
    expect(routeWords(byHand, shownRoute(byHand, null))).toBe("Through mine, by its own base URL");
  });

  it.each([
    "https://gateway.ai.cloudflare.com/",
    "http://gateway.ai.cloudflare.com./v1/my-gateway",
  ])("never calls the gateway's host direct: %s", (directBaseUrl) => {
    const incomplete = provider({ directBaseUrl });
    expect(routeWords(incomplete, shownRoute(incomplete, null))).toBe(
      "To the gateway’s host, with an incomplete base URL",
    );
  });

  it("says why a provider stays direct, unless the file routes it", () => {
    expect(routeWords(OLLAMA, shownRoute(OLLAMA, null))).toMatch(/^It runs on this computer/);
    const forced = { ...OLLAMA, route: "gateway", gateway: block() } as const;
    expect(routeWords(forced, shownRoute(forced, null))).toBe("Through my-gateway");
  });

  it("remarks on a missing key only where mux needs one", () => {
    expect(remarksOn(provider({ keySource: "none" }))).toEqual(["No API key"]);
    expect(remarksOn(provider({ keySource: "none", kind: "custom" }))).toEqual([]);
    expect(remarksOn(provider({ enabled: false }))).toEqual(["Off in mux"]);
  });
});

it.each([
  ["Anthropic", "A"],
  ["Moonshot AI", "MA"],
  ["  spaced   out  name ", "SO"],
  ["שלום עולם", "שע"],
  ["🦙 farm", "F"],
  ["…", "?"],
  ["", "?"],
])("takes initials from %j", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
