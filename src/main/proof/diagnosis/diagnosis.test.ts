import { describe, expect, it } from "vitest";

import type { Diagnosis, DiagnosisAct } from "../../../shared/report";
import { diagnose as diagnoseWith } from "./diagnosis";
import type { FailedProbe } from "./findings";
import { DIAGNOSIS_RULES, UNKNOWN_RULE } from "./diagnosis-rules";
import { DIAGNOSIS_ROWS as ROWS, failed } from "../testing/diagnosis-rows";
import { DIRECT_URL, exchange, GATEWAY_URL } from "../testing/exchange";
import { gatewayError } from "../testing/wire-formats";

const BILLING = "https://dash.cloudflare.com/?to=/:account/ai/ai-gateway";

const PROPER_NOUNS = new Set([
  "API",
  "DLP",
  "DNS",
  "HTTP",
  "TLS",
  "ID",
  "Cloudflare",
  "Guardrails",
]);

const diagnose = (probe: FailedProbe) => diagnoseWith(probe, (text) => text);

function label({ exchange: recorded, providerName }: FailedProbe): string {
  const detail = recorded?.failure?.codes[0] ?? recorded?.body.slice(0, 90) ?? "";
  return `${providerName} ${recorded?.status ?? "no response"} ${detail}`;
}

describe("the diagnosis", () => {
  it.each(ROWS.map(([rule, culprit, probe]) => [culprit, rule, label(probe), probe] as const))(
    "%s, %s: %s",
    (culprit, rule, _, probe) => {
      const found = diagnose(probe);
      expect([found.rule, found.culprit]).toEqual([rule, culprit]);
    },
  );

  it("has no placeholder left in its sentences", () => {
    for (const [, , probe] of ROWS) {
      const { title, meaning, action } = diagnose(probe);
      expect(`${title} ${meaning} ${action}`).not.toMatch(/[{}]|undefined|null|\s{2}/);
    }
  });

  it("does not blame the gateway when the body comes from another host", () => {
    const body = gatewayError(2009, "Unauthorized");
    for (const url of [DIRECT_URL, "https://gateway.ai.cloudflare.com.evil.example/v1"]) {
      expect(diagnose(failed(exchange({ url, status: 401, body }))).culprit).not.toBe("gateway");
    }
  });

  it("explains the error in the response when the connection was lost after it", () => {
    const recorded = exchange({
      url: GATEWAY_URL,
      status: 400,
      complete: false,
      body: gatewayError(2001, "Please"),
      failure: { phase: "body", codes: ["ECONNRESET"], messages: ["read ECONNRESET"] },
    });
    expect(diagnose(failed(recorded)).rule).toBe("gateway_2001");
  });
});

function isComplete(act: DiagnosisAct, { link }: Diagnosis): boolean {
  switch (act.kind) {
    case "enter_token":
    case "edit_account":
    case "edit_gateway_name":
    case "choose_segment":
    case "check_key":
    case "choose_model":
    case "test_direct":
    case "copy_report":
    case "set_route_priority":
      return true;
    case "test_again":
      return act.notBefore === null || !Number.isNaN(Date.parse(act.notBefore));
    case "open_page":
      return link !== null;
    default:
      return act satisfies never;
  }
}

describe("the short cause and the action of a diagnosis", () => {
  it.each([...DIAGNOSIS_RULES, UNKNOWN_RULE].map(({ rule, short }) => [rule, short]))(
    "are at most four words in sentence case (%s: %s)",
    (_, short) => {
      expect(short).toMatch(/^[A-Z]/);
      expect(short).not.toMatch(/[.{}]/);
      expect(short.split(" ").length).toBeLessThanOrEqual(4);
      const capitals = short
        .split(" ")
        .slice(1)
        .filter((word) => /^[A-Z]/.test(word));
      expect(capitals.filter((word) => !PROPER_NOUNS.has(word))).toEqual([]);
    },
  );

  it("are complete for an example of every rule", () => {
    for (const [rule, , probe] of ROWS) {
      const found = diagnose(probe);
      expect([
        rule,
        found.short !== "" && (found.act === null || isComplete(found.act, found)),
      ]).toEqual([rule, true]);
    }
  });

  it.each([
    ["missing", []],
    ["rejected", [["cf-aig-authorization", "Bearer x"]]],
  ] as const)("name a token that is %s", (state, sentHeaders) => {
    const body = gatewayError(2009, "Unauthorized");
    const found = diagnose(failed(exchange({ url: GATEWAY_URL, status: 401, body, sentHeaders })));
    expect(found).toMatchObject({
      rule: "gateway_2009",
      short: `Token ${state}`,
      act: { kind: "enter_token" },
    });
  });

  it("say when to try again if the response does", () => {
    const endedAt = new Date("2026-11-23T07:00:00.000Z");
    const test = (retryAfter: string) => {
      const headers = [["retry-after", retryAfter]] as const;
      return diagnose(failed(exchange({ status: 429, headers }), { endedAt })).act;
    };
    expect(test("90")).toEqual({ kind: "test_again", notBefore: "2026-11-23T07:01:30.000Z" });
    for (const unusable of ["-1", "0", "1e9", "soon", ""]) {
      expect(test(unusable)).toEqual({ kind: "test_again", notBefore: null });
    }
  });

  it("do not offer a direct test after a direct test", () => {
    const recorded = exchange({ status: 403, body: "no" });
    expect(diagnose(failed(recorded)).act).toEqual({ kind: "test_direct" });
    expect(diagnose(failed(recorded, { expected: "direct" })).act).toBeNull();
  });
});

describe("the texts of a diagnosis", () => {
  it("link only to the called gateway and the general pages of the dashboard", () => {
    const links = ROWS.map(([, , probe]) => diagnose(probe).link).filter((link) => link !== null);
    expect(new Set(links.map(({ url }) => url))).toEqual(
      new Set([
        "https://dash.cloudflare.com/0123456789abcdef0123456789abcdef/ai/ai-gateway/gateways/my-gateway",
        "https://dash.cloudflare.com/0123456789abcdef0123456789abcdef/ai/ai-gateway/gateways/my-gateway/logs",
        BILLING,
        "https://dash.cloudflare.com/?to=/:account/api-tokens",
      ]),
    );
  });

  it("contain the provider, the model and its message", () => {
    const body = JSON.stringify({ error: { message: "model 'x' not found" } });
    expect(diagnose(failed(exchange({ status: 404, body }), { providerName: "Mine" }))).toEqual({
      culprit: "provider",
      rule: "provider_model_unknown",
      short: "Model not found",
      title: "Mine does not offer the model “the-model” to this key.",
      meaning: "The name is wrong, or this account may not use the model: model 'x' not found",
      action: "Choose another model for the test.",
      act: { kind: "choose_model" },
      link: null,
    });
  });

  it("contain the invalid fields when a provider lists them", () => {
    const faults = ["Field required", "Extra inputs are not permitted"];
    const detail = faults.map((msg) => ({ type: "x", loc: ["body"], msg }));
    for (const body of [{ detail }, { object: "error", message: { detail } }]) {
      const recorded = exchange({ status: 422, body: JSON.stringify(body) });
      expect(diagnose(failed(recorded)).meaning).toBe(`It responded: ${faults.join("; ")}`);
    }
  });

  it("are short when the message is long", () => {
    const body = JSON.stringify({ error: { message: "word ".repeat(1000) } });
    expect(diagnose(failed(exchange({ status: 400, body }))).meaning.length).toBeLessThan(300);
  });
});
