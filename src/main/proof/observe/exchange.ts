/** One recorded request and what came back: the only thing that verdicts and diagnoses are made from. */

/** Where a request got to before it failed. */
export type Phase = "dns" | "tcp" | "tunnel" | "tls" | "answer" | "body";

export interface NetworkFailure {
  readonly phase: Phase;
  /** Codes of the error and of its causes, outermost first: `ECONNREFUSED`, `UND_ERR_SOCKET`, … */
  readonly codes: readonly string[];
  /** Messages of the same errors, in the same order. */
  readonly messages: readonly string[];
}

/** What is known of the encryption of an `https:` request. */
export interface ObservedTls {
  /**
   * `verified`: the certificate was checked; `off`: the environment turns the check off;
   * `unobserved`: a host's own fetch made the connection.
   */
  readonly check: "verified" | "off" | "unobserved";
  /** Who issued the certificate, where extra certificates are trusted; else null. */
  readonly issuer: string | null;
}

export interface Exchange {
  readonly method: string;
  /** The URL that was really called, redirects included. */
  readonly url: string;
  /** Host and, where it is not the usual one, port of that URL. */
  readonly host: string;
  /** Header names in lower case, with the values as sent: to be redacted before they are shown. */
  readonly sentHeaders: readonly (readonly [name: string, value: string])[];
  readonly sentBody: string;
  /** Host and port of the proxy it went through, or null. */
  readonly proxy: string | null;
  /** IP address on the other end of the connection, the proxy's where there is one. */
  readonly address: string | null;
  readonly tls: ObservedTls;
  /** Null when no answer came. */
  readonly status: number | null;
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The first 64 KiB of the answer. */
  readonly body: string;
  readonly bodyCut: boolean;
  /** The last 256 KiB of an answer that is cut, from the start of a line; else empty. */
  readonly tail: string;
  /** Whether the answer came to its end. */
  readonly complete: boolean;
  readonly failure: NetworkFailure | null;
  /** Milliseconds since the request was given to the network; null where a step was not reached. */
  readonly at: {
    /** Start of the connection, then the end of each of its steps. */
    readonly connect: number | null;
    readonly dns: number | null;
    readonly tcp: number | null;
    readonly tunnel: number | null;
    readonly tls: number | null;
    readonly firstByte: number | null;
    readonly lastByte: number | null;
  };
  /** When the kept part of the answer arrived: milliseconds, and how many bytes there were by then. */
  readonly arrivals: readonly { readonly at: number; readonly bytes: number }[];
}

/** The value of an answer's header, or null. */
export function answerHeader(exchange: Exchange, name: string): string | null {
  return exchange.headers.find(([candidate]) => candidate === name)?.[1] ?? null;
}
