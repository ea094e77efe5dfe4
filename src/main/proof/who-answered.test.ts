/** Whole probes of responses from every sender: verdict and diagnosis agree on who sent it. */
import { describe, expect, it } from "vitest";

import { ANSWERED_CASES, type AnsweredCase } from "./testing/answered-cases";
import { ACCOUNT_ID, block, GATEWAY_NAME, provider, recordingLog } from "./testing/provider";
import { probeRoute } from "./probe-route";

async function reportOf(answered: Omit<AnsweredCase, "verdict" | "culprit" | "rule" | "act">) {
  const { status, headers, body, values = {} } = answered;
  const result = await probeRoute({
    provider: provider(answered.provider, values, {
      block: answered.block,
      ...("providerType" in values ? { kind: "custom" } : {}),
    }),
    route: "saved",
    model: "m",
    env: {},
    log: recordingLog(),
    fetch: async () => new Response(body === "" ? null : body, { status, headers }),
    tlsVerified: true,
  });
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

describe("verdict and diagnosis", () => {
  it.each(ANSWERED_CASES.map((answered) => [answered.when, answered] as const))(
    "agree on the sender when %s",
    async (_, answered) => {
      const { verdict, diagnosis } = await reportOf(answered);
      const { culprit, rule, act } = answered;
      expect({
        verdict,
        culprit: diagnosis?.culprit,
        rule: diagnosis?.rule,
        act: diagnosis?.act?.kind ?? null,
      }).toEqual({ verdict: answered.verdict, culprit, rule, act });
    },
  );

  it("call Workers AI at its own segment of the gateway", async () => {
    const { request } = await reportOf({
      when: "",
      provider: "wai",
      values: {
        providerType: "openai-compatible",
        baseUrl: `https://api.cloudflare.com/client/v4/accounts/${ACCOUNT_ID}/ai/v1`,
      },
      block: block({ segment: "workers-ai" }),
      status: 200,
      headers: { "cf-aig-log-id": "01K" },
      body: "",
    });
    expect(request?.url).toBe(
      `https://gateway.ai.cloudflare.com/v1/${ACCOUNT_ID}/${GATEWAY_NAME}/workers-ai/v1/chat/completions`,
    );
  });
});
