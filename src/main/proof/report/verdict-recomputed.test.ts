import { describe, expect, it } from "vitest";

import type { Verdict } from "../../../shared/report";
import type { Route } from "../../../shared/view";
import type { Exchange } from "../observe/exchange";
import { DIAGNOSIS_ROWS } from "../testing/diagnosis-rows";
import { exchange } from "../testing/exchange";
import { judgeRoute } from "./verdict";

const GATEWAY = "gateway.ai.cloudflare.com";
const PROVIDER = "api.openai.com";
const PATHS = { gateway: "/v1/a/b/openai", direct: "/v1" } as const;

/**
 * A second, minimal implementation of the five verdicts that shares no code with the first. It uses
 * only the called URL and the response.
 */
function recomputed(expected: Route, { url, status, headers, body }: Exchange): Verdict {
  if (status === null) return "unreachable";
  const { host, protocol, pathname } = new URL(url);
  const hasGatewayHeader = headers.some(([name]) => name.startsWith("cf-aig-"));
  const expectedHost = expected === "gateway" ? GATEWAY : PROVIDER;
  if (host !== expectedHost || protocol !== "https:") return "bypassed";
  if (!pathname.startsWith(`${PATHS[expected]}/`)) return "bypassed";
  if (expected === "direct" && hasGatewayHeader) return "bypassed";
  // A network's login page, whichever host was called.
  if (expected === "direct") return status === 511 ? "unproven" : "direct";
  return hasGatewayHeader || isGatewayError(body) ? "gateway" : "unproven";
}

/** AI Gateway's own error: `success: false` with an array `error`, or an `AiGatewayError`. */
function isGatewayError(body: string): boolean {
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(body);
  } catch {
    return false;
  }
  if (typeof parsed !== "object" || parsed === null) return false;
  const named = "name" in parsed && parsed.name === "AiGatewayError";
  const listed =
    "success" in parsed &&
    parsed.success === false &&
    "error" in parsed &&
    Array.isArray(parsed.error) &&
    parsed.error.some(
      (each: unknown) => typeof each === "object" && each !== null && "code" in each,
    );
  return named || listed;
}

const HEADERS: readonly Exchange["headers"][] = [
  [],
  [["cf-ray", "8f-AMS"]],
  [["cf-aig-log-id", "01J"]],
  [["cf-aig-step", "1"]],
  [["server", "cloudflare"]],
];
const URLS = [
  `https://${GATEWAY}/v1/a/b/openai/responses`,
  `https://${PROVIDER}/v1/responses`,
  `https://${GATEWAY}.evil.example/v1`,
  `http://${GATEWAY}/v1/a/b/openai/responses`,
  `https://${GATEWAY}/v1/c/b/openai/responses`,
  `https://${GATEWAY}/v1/a/c/openai/responses`,
  `https://${GATEWAY}/v1/a/b/grok/responses`,
];

const recorded = DIAGNOSIS_ROWS.flatMap(([, , { exchange: each }]) => (each ? [each] : []));

describe("every recorded response", () => {
  it.each(["gateway", "direct"] as const)(
    "gets the same verdict from both implementations, with each URL and header, when %s is expected",
    (expected) => {
      const variants = recorded.flatMap((response) =>
        URLS.flatMap((url) =>
          HEADERS.map((headers) =>
            exchange({ ...response, url, host: new URL(url).host, headers }),
          ),
        ),
      );
      const host = expected === "gateway" ? GATEWAY : PROVIDER;
      const baseUrl = `https://${host}${PATHS[expected]}`;
      const wrong = variants.flatMap((response) => {
        const { verdict } = judgeRoute({ expected, baseUrl, exchanges: [response] });
        const right = recomputed(expected, response);
        return verdict === right
          ? []
          : [{ verdict, right, url: response.url, headers: response.headers, body: response.body }];
      });
      expect(variants.length).toBeGreaterThan(2000);
      expect(wrong).toEqual([]);
    },
  );
});
