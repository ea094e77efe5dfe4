/** For tests: recorded exchanges, written down by hand. */
import type { Exchange, NetworkFailure } from "../observe/exchange";
import { ACCOUNT_ID, GATEWAY_NAME } from "./provider";

/** The gateway's address of an OpenAI model. */
export const GATEWAY_URL = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT_ID}/${GATEWAY_NAME}/openai/responses`;

/** OpenAI's own address. */
export const DIRECT_URL = "https://api.openai.com/v1/responses";

/** An answer without a body, from OpenAI's own host, unless told otherwise. */
export function exchange(more: Partial<Exchange> = {}): Exchange {
  const url = more.url ?? DIRECT_URL;
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
    tail: "",
    complete: true,
    failure: null,
    at: { connect: 0, dns: 1, tcp: 2, tunnel: null, tls: 3, firstByte: 4, lastByte: 5 },
    arrivals: [],
    ...more,
  };
}

/** No answer. */
export function unanswered(failure: NetworkFailure | null, more: Partial<Exchange> = {}): Exchange {
  return exchange({ status: null, complete: false, failure, ...more });
}
