/** For tests: the failed route test that a rule's example describes. */
import type { DiagnosisRule, Example } from "../diagnosis/diagnosis-rule";
import type { FailedProbe } from "../diagnosis/findings";
import type { Exchange } from "../observe/exchange";
import { failed } from "./diagnosis-rows";
import { DIRECT_URL, exchange, GATEWAY_URL } from "./exchange";

const URLS = {
  gateway: GATEWAY_URL,
  provider: DIRECT_URL,
  loopback: "http://localhost:11434/v1/chat/completions",
} as const;

/** The probe of the example, of OpenAI's provider. */
export function probeOf({ match, example }: DiagnosisRule): FailedProbe {
  const { unsent, timedOut, problem } = example;
  const overrides = {
    timedOutAfterMs: timedOut ? 30_000 : null,
    problems: problem === undefined ? [] : [problem],
  };
  if (unsent === "refused") return failed(null, { ...overrides, refusedUrl: GATEWAY_URL });
  if (unsent === "broken") return failed(null, { ...overrides, sdkMessage: "Invalid URL" });
  const at = example.at ?? (match.in === "gateway" ? "gateway" : "provider");
  return failed(exchangeOf(example, URLS[at]), overrides);
}

function exchangeOf(example: Example, url: string): Exchange {
  const { status, headers = {}, body = "", failed: failure, proxied, tokenSent } = example;
  const recorded = exchange({
    url,
    headers: Object.entries(headers),
    body: typeof body === "string" ? body : JSON.stringify(body),
    status: status ?? null,
    proxy: proxied ? "proxy.example:3128" : null,
    sentHeaders: tokenSent ? [["cf-aig-authorization", "Bearer x"]] : [],
  });
  if (failure === undefined) return recorded;
  const [phase, code] = failure;
  const broken = { phase, codes: [code], messages: ["fetch failed", code] };
  return { ...recorded, failure: broken, complete: false };
}
