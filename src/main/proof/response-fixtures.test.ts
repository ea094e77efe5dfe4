/** Responses of many senders: each is explained by its rule and blamed on its sender on every route. */
import { describe, expect, it } from "vitest";

import { diagnose } from "./diagnosis/diagnosis";
import { whoAnswered } from "./observe/who-answered";
import { failed } from "./testing/diagnosis-rows";
import { exchange } from "./testing/exchange";
import { HOSTED_PROVIDERS } from "./testing/responses/hosted-providers";
import { LARGE_PROVIDERS } from "./testing/responses/large-providers";
import { OWN_SERVERS } from "./testing/responses/own-servers";
import { ACCOUNT_ID, GATEWAY_NAME } from "./testing/provider";

const SENDERS = [...LARGE_PROVIDERS, ...HOSTED_PROVIDERS, ...OWN_SERVERS];
const DOMAIN = { host: "ai.example.com", listed: true };
const PASSED_ON = {
  server: "cloudflare",
  "cf-ray": "9aa-AMS",
  "cf-aig-log-id": "01K",
  "cf-aig-step": "0",
};

/** The URL and the additional headers of each route. */
const ROUTES = {
  gateway: [
    `https://gateway.ai.cloudflare.com/v1/${ACCOUNT_ID}/${GATEWAY_NAME}/custom-x`,
    PASSED_ON,
  ],
  domain: [`https://${DOMAIN.host}/custom-x`, PASSED_ON],
  direct: [null, {}],
} as const;

const CASES = SENDERS.flatMap(({ sender, baseUrl, rows }) =>
  rows.map(([status, rule, body, headers = {}]) => ({
    sender,
    status,
    rule,
    baseUrl,
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  })),
);

function responseOf(
  { status, body, headers, baseUrl }: (typeof CASES)[number],
  route: keyof typeof ROUTES,
  proxy: string | null = null,
) {
  const [base, more] = ROUTES[route];
  return exchange({
    url: `${base ?? baseUrl}/chat/completions`,
    status,
    body,
    headers: Object.entries({ ...headers, ...more }),
    proxy,
  });
}

describe("the collected responses", () => {
  it("are at least 150 from at least 20 senders, each with its source", () => {
    expect(CASES.length).toBeGreaterThanOrEqual(150);
    expect(new Set(SENDERS.map(({ sender }) => sender)).size).toBeGreaterThanOrEqual(20);
    expect(SENDERS.filter(({ source }) => !/\w+\.\w+\//.test(source))).toEqual([]);
  });

  it.each(
    CASES.map(
      (each) => [each.sender, each.status, each.rule, each.body.slice(0, 90), each] as const,
    ),
  )(
    "of %s with HTTP %i are explained by %s on every route: %s",
    (sender, _status, rule, _body, each) => {
      for (const route of ["gateway", "domain", "direct"] as const) {
        for (const proxy of [null, "proxy.example:3128"]) {
          const probe = failed(responseOf(each, route, proxy), {
            providerName: sender,
            domain: DOMAIN,
            expected: route === "direct" ? "direct" : "gateway",
          });
          const found = diagnose(probe, (text) => text);
          expect([route, found.culprit, found.rule]).toEqual([route, "provider", rule]);
          expect(whoAnswered(probe.exchange, DOMAIN)).toMatchObject({
            sender: route === "direct" ? "provider_directly" : "provider_through_gateway",
            doubt: null,
          });
        }
      }
    },
  );
});
