/** For tests: recorded exchanges, written by hand. */
import type { Exchange, NetworkFailure } from "../observe/exchange";
import { ACCOUNT_ID, GATEWAY_NAME } from "./provider";

/** URL of OpenAI's responses through the gateway. */
export const GATEWAY_URL = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT_ID}/${GATEWAY_NAME}/openai/responses`;

/** URL of OpenAI's responses at OpenAI itself. */
export const DIRECT_URL = "https://api.openai.com/v1/responses";

/** An empty response from OpenAI's own host, with `overrides`. */
export function exchange(overrides: Partial<Exchange> = {}): Exchange {
  const url = overrides.url ?? DIRECT_URL;
  return {
    method: "POST",
    url,
    host: new URL(url).host,
    sentHeaders: [],
    sentBody: "{}",
    proxy: null,
    address: null,
    tls: { check: "verified", issuer: null },
    status: 200,
    headers: [],
    body: "",
    bodyCut: false,
    text: overrides.body ?? "",
    complete: true,
    failure: null,
    at: { connect: 0, dns: 1, tcp: 2, tunnel: null, tls: 3, firstByte: 4, lastByte: 5 },
    arrivals: [],
    ...overrides,
  };
}

/** A request that got no response. */
export function noResponse(
  failure: NetworkFailure | null,
  overrides: Partial<Exchange> = {},
): Exchange {
  return exchange({ status: null, complete: false, failure, ...overrides });
}
