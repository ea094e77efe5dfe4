/** One recorded request and its response: the only input of verdicts and diagnoses. */

/** The step at which a request failed. */
export type Phase = "dns" | "tcp" | "tunnel" | "tls" | "response" | "body";

export interface NetworkFailure {
  readonly phase: Phase;
  /** Codes of the error and of its causes, outermost first: `ECONNREFUSED`, `UND_ERR_SOCKET`, … */
  readonly codes: readonly string[];
  /** Messages of the same errors, in the same order. */
  readonly messages: readonly string[];
}

/** How the TLS certificate of an `https:` request was checked. */
export interface ObservedTls {
  /**
   * `verified`: the certificate was checked; `off`: the environment disables the check;
   * `unobserved`: the host's own fetch made the connection.
   */
  readonly check: "verified" | "off" | "unobserved";
  /** The certificate's issuer if extra certificates are trusted, else null. */
  readonly issuer: string | null;
  /** The issuer of a certificate with which the handshake failed, or null if it is not known. */
  readonly rejectedIssuer?: string | null;
}

export interface Exchange {
  readonly method: string;
  /** The URL that was called, after redirects. */
  readonly url: string;
  /** Host of that URL, with its port if it is not the default. */
  readonly host: string;
  /** Header names in lower case; the values are as sent and must be redacted before display. */
  readonly sentHeaders: readonly (readonly [name: string, value: string])[];
  readonly sentBody: string;
  /** Host and port of the proxy, or null. */
  readonly proxy: string | null;
  /** Remote IP address of the connection: the proxy's if there is one. */
  readonly address: string | null;
  readonly tls: ObservedTls;
  /** Null without a response. */
  readonly status: number | null;
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The first 64 KiB of the body. */
  readonly body: string;
  readonly bodyCut: boolean;
  /** All of the body as far as it was read: its end may be explained anywhere in it. */
  readonly text: string;
  /** Whether the whole body arrived. */
  readonly complete: boolean;
  readonly failure: NetworkFailure | null;
  /** Milliseconds since the request was sent; null for a step that was not reached. */
  readonly at: {
    /** Start of the connection; the following fields are the ends of its steps. */
    readonly connect: number | null;
    readonly dns: number | null;
    readonly tcp: number | null;
    readonly tunnel: number | null;
    readonly tls: number | null;
    readonly firstByte: number | null;
    readonly lastByte: number | null;
  };
  /** Arrival times of the first part of the body, in milliseconds, with the bytes until then. */
  readonly arrivals: readonly { readonly at: number; readonly bytes: number }[];
}

/** The times of a request that reached none of its steps. */
export const NO_TIMES: Exchange["at"] = {
  connect: null,
  dns: null,
  tcp: null,
  tunnel: null,
  tls: null,
  firstByte: null,
  lastByte: null,
};

/** The value of a response header, or null. */
export function responseHeader(exchange: Exchange, name: string): string | null {
  return exchange.headers.find(([candidate]) => candidate === name)?.[1] ?? null;
}
