import { describe, expect, it } from "vitest";

import type { Culprit, Verdict } from "../../shared/report";
import { countOf } from "../../shared/testing/counts";
import type { Route } from "../../shared/view";
import { diagnose } from "./diagnosis/diagnosis";
import { DIAGNOSIS_RULES } from "./diagnosis/diagnosis-rules";
import { judgeRoute } from "./report/verdict";
import { failed } from "./testing/diagnosis-rows";
import { DIRECT_URL, exchange, GATEWAY_URL } from "./testing/exchange";
import { probeOf } from "./testing/example-probe";
import type { Exchange } from "./observe/exchange";
import type { GatewayDomain } from "./observe/gateway-hosts";
import { whoAnswered, type Sender } from "./observe/who-answered";

/** Repeatable random numbers below `limit`. */
function random(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const DOMAIN = "ai.example.com";
const URLS = [
  GATEWAY_URL,
  DIRECT_URL,
  `https://${DOMAIN}/openai/responses`,
  GATEWAY_URL.replace("https:", "http:"),
  GATEWAY_URL.replace(".com/", ".com:8443/"),
  "http://localhost:11434/v1/chat/completions",
];
const HEADERS: Exchange["headers"] = [
  ["server", "cloudflare"],
  ["server", "Zscaler/6.2"],
  ["server", "nginx"],
  ["cf-ray", "9aa-AMS"],
  ["cf-mitigated", "challenge"],
  ["cf-aig-log-id", "01K"],
  ["cf-aig-step", "0"],
  ["location", "https://login.filter.example/auth"],
  ["location", "https://team.cloudflareaccess.com/x"],
  ["x-squid-error", "ERR_ACCESS_DENIED 0"],
];
const STATUSES = [200, 204, 302, 400, 401, 402, 403, 404, 407, 429, 451, 500, 502, 511, 522, 529];
const BODIES = DIAGNOSIS_RULES.map(({ example: { body = "" } }) =>
  typeof body === "string" ? body : JSON.stringify(body),
);
const DOMAINS: readonly (GatewayDomain | null)[] = [
  null,
  { host: DOMAIN, listed: true },
  { host: DOMAIN, listed: false },
];

interface Case {
  readonly response: Exchange;
  readonly domain: GatewayDomain | null;
  readonly expected: Route;
}

function generated(count: number): readonly Case[] {
  const below = random(19);
  const pick = <Item>(list: readonly Item[], fallback: Item): Item =>
    list[below(list.length)] ?? fallback;
  return Array.from({ length: count }, () => {
    const chosen = HEADERS.filter(() => below(4) === 0);
    // A response has each of these headers once.
    const headers = [...new Map(chosen)];
    const check = pick(["verified", "verified", "off", "unobserved"] as const, "verified");
    return {
      response: exchange({
        url: pick(URLS, DIRECT_URL),
        status: pick(STATUSES, 200),
        body: pick(BODIES, ""),
        headers,
        tls: { check, issuer: null },
      }),
      domain: pick(DOMAINS, null),
      expected: pick(["gateway", "direct"] as const, "gateway"),
    };
  });
}

/** Every culprit that a diagnosis may name beside a verdict; "in the form of" where it is unproven. */
const COMPATIBLE: Readonly<Record<Verdict, readonly Culprit[]>> = {
  gateway: ["gateway", "provider", "unknown"],
  direct: ["provider", "edge", "unknown"],
  unproven: ["gateway", "provider", "edge", "network", "unknown"],
  bypassed: ["gateway", "provider", "edge", "network", "unknown"],
  unreachable: ["network", "computer"],
};

const CULPRITS_OF: Readonly<Record<Sender, readonly Culprit[]>> = {
  gateway: ["gateway"],
  provider_through_gateway: ["provider", "unknown"],
  provider_directly: ["provider", "unknown"],
  edge: ["edge"],
  network: ["network"],
  computer: ["computer"],
  unknown: ["unknown"],
};

describe("verdict and diagnosis of a generated response", () => {
  const cases = generated(countOf("responses")).map((each) => {
    const { response, domain, expected } = each;
    const { verdict } = judgeRoute({
      expected,
      baseUrl: response.url,
      exchanges: [response],
      domain,
    });
    const diagnosis = diagnose(failed(response, { domain, expected }), (text) => text);
    return {
      response,
      domain,
      expected,
      answer: whoAnswered(response, domain),
      verdict,
      diagnosis,
    };
  });

  it("never contradict each other", () => {
    const wrong = cases.filter(
      ({ verdict, diagnosis }) => !COMPATIBLE[verdict].includes(diagnosis.culprit),
    );
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it("name the sender that the evidence shows", () => {
    const wrong = cases.filter(
      ({ answer, diagnosis }) => !CULPRITS_OF[answer.sender].includes(diagnosis.culprit),
    );
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it("claim the gateway only from its own host", () => {
    const claims = cases.filter(
      ({ verdict, diagnosis }) => verdict === "gateway" || diagnosis.culprit === "gateway",
    );
    const hosts = new Set(claims.map(({ response }) => new URL(response.url).hostname));
    expect([...hosts].toSorted()).toEqual([DOMAIN, "gateway.ai.cloudflare.com"]);
    const atDomain = claims.filter(({ response }) => response.url.includes(DOMAIN));
    expect(atDomain.every(({ domain }) => domain !== null)).toBe(true);
    expect(
      atDomain.every(({ domain, verdict }) => verdict !== "gateway" || domain?.listed === true),
    ).toBe(true);
  });

  it("speak of the form of a response when its sender is not proven", () => {
    for (const { answer, verdict, diagnosis } of cases) {
      const claims = diagnosis.culprit === "gateway" || diagnosis.culprit === "provider";
      const isForm = diagnosis.meaning.startsWith("The response is in the form of ");
      expect(isForm).toBe(claims && answer.doubt !== null);
      expect(isForm || verdict !== "unproven" || !claims).toBe(true);
    }
  });

  it("reach every sender that responds", () => {
    const senders = new Set(cases.map(({ answer }) => answer.sender));
    expect([...senders].toSorted()).toEqual([
      "edge",
      "gateway",
      "network",
      "provider_directly",
      "provider_through_gateway",
      "unknown",
    ]);
  });
});

describe("the sender of a response", () => {
  const domain = { host: DOMAIN, listed: true };
  const hosts = {
    gateway: GATEWAY_URL,
    "custom domain": `https://${DOMAIN}/openai/responses`,
    provider: DIRECT_URL,
  };

  it.each(
    DIAGNOSIS_RULES.filter(
      ({ match, example }) => match.in !== "end" && example.failed === undefined,
    )
      .filter(({ culprit }) => ["gateway", "edge", "network"].includes(culprit))
      .map((row) => [row.culprit, row.rule, row] as const),
  )("is %s at every host and behind a proxy (%s)", (culprit, rule, row) => {
    const { exchange: response } = probeOf(row);
    if (response === null) throw new Error("The example has no response");
    // The gateway's errors count on its own hosts only.
    const called = Object.entries(hosts).filter(
      ([at]) => culprit !== "gateway" || at !== "provider",
    );
    const isAtGatewayOnly = row.example.at === "gateway" && culprit !== "gateway";
    for (const [at, url] of called.filter(([name]) => !isAtGatewayOnly || name !== "provider")) {
      for (const proxy of [null, "proxy.example:3128"]) {
        const recorded = exchange({ ...response, url, host: new URL(url).host, proxy });
        const found = diagnose(failed(recorded, { domain }), (text) => text);
        expect([at, found.culprit, found.rule]).toEqual([at, culprit, rule]);
      }
    }
  });

  it("links to its gateway when a custom domain was called", () => {
    const gateway = { accountId: "a".repeat(32), gatewayName: "team" };
    const body = JSON.stringify({ success: false, error: [{ code: 2003, message: "No" }] });
    const url = hosts["custom domain"];
    const { link } = diagnose(
      failed(exchange({ url, status: 429, body }), { domain: { ...domain, gateway } }),
      (text) => text,
    );
    expect(link?.url).toContain(`/${gateway.accountId}/ai/ai-gateway/gateways/team`);
  });

  it("is the gateway in form only when a server behind it can have sent the error", () => {
    const body = JSON.stringify({ name: "AiGatewayError", internalCode: 2009, message: "No" });
    const headers = [
      ["cf-aig-log-id", "01K"],
      ["cf-aig-step", "0"],
    ] as const;
    const response = exchange({ url: GATEWAY_URL, status: 401, body, headers });
    expect(whoAnswered(response)).toMatchObject({ sender: "gateway", doubt: "behind" });
    expect(diagnose(failed(response), (text) => text)).toMatchObject({
      rule: "gateway_2009",
      meaning: expect.stringMatching(/^The response is in the form of a gateway error/),
      act: { kind: "test_direct" },
    });
  });

  it("is the provider when only the general form of a policy's error speaks for the gateway", () => {
    const body = JSON.stringify({ success: false, error: { message: "Invalid API key" } });
    const headers = [["cf-aig-step", "0"]] as const;
    const response = exchange({ url: GATEWAY_URL, status: 401, body, headers });
    expect(whoAnswered(response).sender).toBe("provider_through_gateway");
    expect(whoAnswered(exchange({ status: 401, body })).sender).toBe("provider_directly");
  });
});
