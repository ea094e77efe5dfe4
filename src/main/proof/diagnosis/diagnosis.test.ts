import { describe, expect, it } from "vitest";

import { diagnose as diagnoseHiding, type FailedProbe } from "./diagnosis";
import { DIAGNOSIS_RULES } from "./diagnosis-rules";
import { DIAGNOSIS_ROWS as ROWS, failed } from "../testing/diagnosis-rows";
import { DIRECT_URL, exchange, GATEWAY_URL } from "../testing/exchange";
import { gatewayError } from "../testing/wire-formats";

const BILLING = "https://dash.cloudflare.com/?to=/:account/ai/ai-gateway";

const diagnose = (test: FailedProbe) => diagnoseHiding(test, (text) => text);

function label({ exchange: seen, providerName }: FailedProbe): string {
  const said = seen?.failure?.codes[0] ?? seen?.body.slice(0, 90) ?? "";
  return `${providerName} ${seen?.status ?? "no answer"} ${said}`;
}

describe("who said no", () => {
  it.each(ROWS.map(([rule, culprit, test]) => [culprit, rule, label(test), test] as const))(
    "%s, %s: %s",
    (culprit, rule, _, test) => {
      const found = diagnose(test);
      expect([found.rule, found.culprit]).toEqual([rule, culprit]);
    },
  );

  it("has an example of every rule of the table", () => {
    const shown = new Set(ROWS.map(([rule]) => rule));
    expect(DIAGNOSIS_RULES.map(({ rule }) => rule).filter((rule) => !shown.has(rule))).toEqual([]);
  });

  it("never leaves a placeholder in a sentence", () => {
    for (const [, , test] of ROWS) {
      const { title, meaning, action } = diagnose(test);
      expect(`${title} ${meaning} ${action}`).not.toMatch(/[{}]|undefined|null|\s{2}/);
    }
  });

  it("never blames the gateway for a body that came from another host", () => {
    const body = gatewayError(2009, "Unauthorized");
    for (const url of [DIRECT_URL, "https://gateway.ai.cloudflare.com.evil.example/v1"]) {
      expect(diagnose(failed(exchange({ url, status: 401, body }))).culprit).not.toBe("gateway");
    }
  });

  it("believes an error that was said more than the connection that broke after it", () => {
    const seen = exchange({
      url: GATEWAY_URL,
      status: 400,
      complete: false,
      body: gatewayError(2001, "Please"),
      failure: { phase: "body", codes: ["ECONNRESET"], messages: ["read ECONNRESET"] },
    });
    expect(diagnose(failed(seen)).rule).toBe("gateway_2001");
  });
});

describe("the sentences", () => {
  it("lead to the very gateway that was called, and to nowhere else", () => {
    const links = ROWS.map(([, , test]) => diagnose(test).link).filter((link) => link !== null);
    expect(new Set(links.map(({ url }) => url))).toEqual(
      new Set([
        "https://dash.cloudflare.com/0123456789abcdef0123456789abcdef/ai/ai-gateway/gateways/my-gateway",
        "https://dash.cloudflare.com/0123456789abcdef0123456789abcdef/ai/ai-gateway/gateways/my-gateway/logs",
        BILLING,
        "https://dash.cloudflare.com/?to=/:account/api-tokens",
      ]),
    );
  });

  it("name the provider, the model and what was said", () => {
    const body = JSON.stringify({ error: { message: "model 'x' not found" } });
    expect(diagnose(failed(exchange({ status: 404, body }), { providerName: "Mine" }))).toEqual({
      culprit: "provider",
      rule: "provider_model_unknown",
      title: "Mine has no model “the-model” for this key.",
      meaning:
        "Either there is no model of that name, or this account may not use it: model 'x' not found",
      action: "Choose another model for the test.",
      link: null,
    });
  });

  it("name what is wrong with the request when a provider lists it", () => {
    const faults = ["Field required", "Extra inputs are not permitted"];
    const detail = faults.map((msg) => ({ type: "x", loc: ["body"], msg }));
    for (const body of [{ detail }, { object: "error", message: { detail } }]) {
      const seen = exchange({ status: 422, body: JSON.stringify(body) });
      expect(diagnose(failed(seen)).meaning).toBe(`It said: ${faults.join("; ")}`);
    }
  });

  it("keep a long message short", () => {
    const body = JSON.stringify({ error: { message: "word ".repeat(1000) } });
    expect(diagnose(failed(exchange({ status: 400, body }))).meaning.length).toBeLessThan(300);
  });
});
