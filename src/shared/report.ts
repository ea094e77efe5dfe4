/** What a test found: the verdict, the evidence under it, and who said no. */
import type { Route } from "./view";

/**
 * What was observed, never what is configured.
 * - `gateway`: the gateway's host was called and the answer carries a `cf-aig-*` header or a gateway error body
 * - `direct`: the provider's host was called and the answer carries no `cf-aig-*` header
 * - `unproven`: the gateway's host was called but nothing in the answer shows the gateway, or the
 *   certificate of the host that answered was not checked or not seen
 * - `bypassed`: the saved route and the observed one differ
 * - `unreachable`: no answer at all
 */
export type Verdict = "gateway" | "direct" | "unproven" | "bypassed" | "unreachable";

/** One checkable fact that a verdict rests on. */
export interface Evidence {
  /**
   * `tls`: why the certificate proves nothing; `certificate`: who issued it, where extra ones are
   * trusted.
   */
  readonly kind:
    "host" | "status" | "header" | "body" | "network" | "redirect" | "tls" | "certificate";
  /** A short statement: "Called gateway.ai.cloudflare.com", "cf-aig-log-id: 01J…". */
  readonly text: string;
}

/** Who said no. */
export type Culprit = "gateway" | "provider" | "edge" | "network" | "computer" | "unknown";

export interface Diagnosis {
  readonly culprit: Culprit;
  /** Closed by the table of rules in main/routing; for example `gateway_2001`. */
  readonly rule: string;
  /** One sentence: who refused and what for. */
  readonly title: string;
  /** What that means. */
  readonly meaning: string;
  /** The one thing to do next. */
  readonly action: string;
  readonly link: { readonly label: string; readonly url: string } | null;
}

/** Milliseconds of each step that was seen; null where the step did not happen or was not reached. */
export interface Timings {
  readonly dnsMs: number | null;
  readonly tcpMs: number | null;
  readonly tlsMs: number | null;
  /** A proxy opening the way to the host, between TCP and TLS; absent or null without a proxy. */
  readonly tunnelMs?: number | null;
  /** From the start of the request to the first byte of the answer. */
  readonly firstByteMs: number | null;
  /** From the start of the request to the first token of the generation. */
  readonly firstTokenMs: number | null;
  /** From the start of the request to the end of the answer. */
  readonly lastByteMs?: number | null;
  readonly totalMs: number;
}

/** Something that a person should know to read a report right, in one sentence. */
export interface ReportNote {
  readonly code: ReportNoteCode;
  readonly message: string;
  /** Only with `base_url_is_gateway`: the names in it, so that it can be turned into a block. */
  readonly gateway?: { readonly accountId: string; readonly gatewayName: string };
}

export type ReportNoteCode =
  | "base_url_is_gateway"
  | "base_url_from_environment"
  | "answered_from_cache"
  | "fallback_answered"
  | "other_model_answered"
  | "gateway_headers_held_back"
  | "environment_problem";

/** The answer as it came, with keys and tokens replaced. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** At most 16 KiB. */
  readonly body: string;
  readonly truncated: boolean;
}

export interface TestReport {
  readonly provider: string;
  /** The model that was asked, without the provider's prefix. */
  readonly model: string;
  /** The model that says it answered, or null. */
  readonly answeredModel: string | null;
  /** The route that the saved file (or the caller) asked for. */
  readonly expected: Route;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  /** Whether a generation came to its end; an empty answer with a 200 is one. */
  readonly ok: boolean;
  readonly request: {
    readonly method: string;
    /** Without credentials and without secret query parameters. */
    readonly url: string;
    /** As sent, with the values of secret ones replaced; names in lower case. */
    readonly headers?: readonly (readonly [name: string, value: string])[];
    /** As sent: the test's own prompt, with nothing of the user's in it. */
    readonly body?: string;
  } | null;
  readonly status: number | null;
  readonly timings: Timings;
  readonly tokens: { readonly input: number | null; readonly output: number | null } | null;
  /** `cf-aig-cache-status`, as sent. */
  readonly cache: string | null;
  /** `cf-aig-log-id`, as sent. */
  readonly logId: string | null;
  /** Present when the test failed. */
  readonly diagnosis: Diagnosis | null;
  readonly raw: RawAnswer | null;
  readonly notes?: readonly ReportNote[];
  /** ISO 8601. */
  readonly startedAt: string;
}
