import { describe, expect, it } from "vitest";

import { block, provider } from "../../testing/sample-views";
import { sharersOf } from "./shared-gateway";

const routed = (id: string, changes = {}) =>
  provider({ id, route: "gateway", gateway: block(), ...changes });

describe("the providers that follow to another gateway", () => {
  it("are all others of the same gateway, on or off, that can be changed without a question", () => {
    const foreignHost = "coder.example.com";
    const providers = [
      routed("anthropic"),
      routed("google"),
      routed("xai", { foreignHost }),
      routed("openai", { foreignHost, gateway: block({ segment: "openai" }) }),
      routed("deepseek", { gateway: block({ gatewayName: "other" }) }),
      provider({ id: "openrouter", gateway: block() }),
      provider({ id: "mistral" }),
    ];
    const sharers = sharersOf(routed("anthropic"), providers);
    expect(sharers.map(({ id }) => id)).toEqual(["google", "openai", "openrouter"]);
  });
});
