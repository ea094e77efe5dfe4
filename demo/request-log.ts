/** Writes the log of a gateway: reads model, tokens and status from a request and its response. */
import type { AccountState, DemoLogRow } from "./account-state";
import type { Arrival } from "./arrival";

/** Tokens that the log counts itself if the response does not name them. */
const TOKENS_OF_PROMPT = 12;
/** In US dollars per million tokens. The log knows no prices of custom providers. */
const PRICE = { input: 1, output: 5 } as const;

export interface LoggedRequest {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly id: string;
  readonly segment: string;
  /** Where the request was forwarded. */
  readonly url: URL;
  readonly arrival: Arrival;
  readonly cached: boolean;
}

/**
 * The same response, still streaming. Its end adds a row to the log, unless the client abandons it.
 */
export function logged(state: AccountState, request: LoggedRequest, response: Response): Response {
  const started = state.now();
  const pieces: Uint8Array[] = [];
  const write = () => {
    const body = Buffer.concat(pieces).toString("utf8");
    state.rows.push(rowOf(request, response.status, body, started, state.now() - started));
  };
  if (response.body === null) {
    write();
    return response;
  }
  const recorder = new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, stream) => {
      pieces.push(piece);
      stream.enqueue(piece);
    },
    flush: write,
  });
  return new Response(response.body.pipeThrough(recorder), response);
}

function rowOf(
  { accountId, gatewayName, id, segment, url, arrival, cached }: LoggedRequest,
  status: number,
  response: string,
  createdAt: number,
  durationMs: number,
): DemoLogRow {
  const success = status < 400;
  const counted = success
    ? {
        tokensIn: countIn(response, INPUT) ?? TOKENS_OF_PROMPT,
        tokensOut: countIn(response, OUTPUT) ?? Math.ceil(response.length / 400),
      }
    : { tokensIn: null, tokensOut: null };
  const isFree = cached || segment.startsWith("custom-");
  const keepsPayload = arrival.headers.get("cf-aig-collect-log-payload") !== "false";
  return {
    accountId,
    gatewayName,
    id,
    createdAt,
    provider: segment,
    model: modelOf(url.pathname, arrival.body),
    path: `${url.pathname}${url.search}`.replace(/^\//, ""),
    success,
    cached,
    durationMs,
    ...counted,
    cost: isFree ? 0 : costOf(counted.tokensIn ?? 0, counted.tokensOut ?? 0),
    status,
    metadata: arrival.headers.get("cf-aig-metadata"),
    userAgent: arrival.headers.get("user-agent"),
    request: keepsPayload ? arrival.body : null,
    response: keepsPayload ? response : null,
  };
}

/** In US dollars. */
export function costOf(tokensIn: number, tokensOut: number): number {
  return (tokensIn * PRICE.input + tokensOut * PRICE.output) / 1_000_000;
}

const INPUT = /"(?:prompt_tokens|input_tokens|promptTokenCount)"\s*:\s*(\d+)/g;
const OUTPUT = /"(?:completion_tokens|output_tokens|candidatesTokenCount)"\s*:\s*(\d+)/g;

/** The largest count, because a stream names it several times; null without one. */
function countIn(body: string, pattern: RegExp): number | null {
  const counts = [...body.matchAll(pattern)].map(([, digits]) => Number(digits));
  return counts.length === 0 ? null : Math.max(...counts);
}

function modelOf(path: string, body: string): string | null {
  const inPath = /\/models\/([^/:]+):/.exec(path)?.[1];
  if (inPath !== undefined) return inPath;
  return /"model"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? null;
}
