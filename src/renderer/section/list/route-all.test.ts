import { describe, expect, it } from "vitest";

import { ACCOUNT, block, MOONSHOT, OLLAMA, provider } from "../../testing/sample-views";
import { planRouteAll } from "./route-all";

const usual = { accountId: ACCOUNT, gatewayName: "usual" };

describe("routing all", () => {
  it("switches on who is direct and needs nothing typed, each with its own block first", () => {
    const changes = planRouteAll(
      [provider(), provider({ id: "xai", gateway: block({ gatewayName: "own" }) })],
      usual,
    );
    expect(changes).toMatchObject([
      { call: "enable", input: { provider: "anthropic", gatewayName: "usual" } },
      { call: "enable", input: { provider: "xai", gatewayName: "own" } },
    ]);
  });

  it("switches on a key of another host once its segment is chosen", () => {
    const confirmed = provider({
      foreignHost: "coder.example.com",
      gateway: block({ segment: "anthropic" }),
    });
    expect(planRouteAll([confirmed], usual)).toMatchObject([{ input: { segment: "anthropic" } }]);
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
      MOONSHOT,
      OLLAMA,
    ];
    expect(planRouteAll(others, usual)).toEqual([]);
    expect(planRouteAll([provider()], null)).toEqual([]);
  });
});
