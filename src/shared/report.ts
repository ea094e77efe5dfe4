/** The report of a route test: the verdict, its evidence and the diagnosis. */
import type { Route } from "./view";

/** `saved`: the route in the file; `direct`: without the gateway; `mux`: the one that mux takes now. */
export type TestRoute = "saved" | "direct" | "mux";

/**
 * The observed route, never the configured one.
 * - `gateway`: the gateway's host was called and the response has a `cf-aig-*` header or a gateway error body
 * - `direct`: the provider's host was called and the response has no `cf-aig-*` header
 * - `unproven`: nothing in the response of the gateway's host shows the gateway. Or the certificate of
 *   the host was not checked or not observed. Or the response came from a custom domain that
 *   Cloudflare has not confirmed, or from the network in place of the provider.
 * - `bypassed`: the saved route and the observed one differ
 * - `unreachable`: no response
 */
export type Verdict = "gateway" | "direct" | "unproven" | "bypassed" | "unreachable";

/** One verifiable fact that supports a verdict. */
export interface Evidence {
  /**
   * `tls`: why the certificate does not count as proof; `certificate`: its issuer, if extra
   * certificates are trusted.
   */
  readonly kind:
    "host" | "status" | "header" | "body" | "network" | "redirect" | "tls" | "certificate";
  /** A short statement: "Called gateway.ai.cloudflare.com", "cf-aig-log-id: 01J…". */
  readonly text: string;
}

/** Who refused the request. */
export type Culprit = "gateway" | "provider" | "edge" | "network" | "computer" | "unknown";

/** `priority`: mux's route priority, for all models; `override`: the route of one model. */
export type MuxRouteSetting = "priority" | "override";

/** mux calls a gateway of its own, although another choice in mux would lead to the block's. */
export interface MuxDetour {
  readonly setting: MuxRouteSetting;
  /** The route that mux uses, and where to change it, in mux's own words. */
  readonly message: string;
}

/** The action of the panel that is most likely to fix a failure. */
export type DiagnosisAct =
  /** Enter the gateway's token. */
  | { readonly kind: "enter_token" }
  /** Correct the account ID. */
  | { readonly kind: "edit_account" }
  /** Correct the gateway's name. */
  | { readonly kind: "edit_gateway_name" }
  /** Choose another segment. */
  | { readonly kind: "choose_segment" }
  /** Check the provider's key, which is set in mux. */
  | { readonly kind: "check_key" }
  /** Choose another model for the test. */
  | { readonly kind: "choose_model" }
  /** `notBefore`: when the other side asked to try again, in ISO 8601; null if it did not say. */
  | { readonly kind: "test_again"; readonly notBefore: string | null }
  /** Test without the gateway, to find out who refused the request. */
  | { readonly kind: "test_direct" }
  /** In mux, choose the route past its own gateway. `setting`: where mux chose that gateway. */
  | { readonly kind: "set_route_priority"; readonly setting: MuxRouteSetting }
  /** Open the diagnosis's link. */
  | { readonly kind: "open_page" }
  /** Copy the report, without keys, for an issue: this version does not know the response. */
  | { readonly kind: "copy_report" };

export interface Diagnosis {
  readonly culprit: Culprit;
  /** The code of a rule in `src/main/proof/diagnosis`, for example `gateway_2001`. */
  readonly rule: string;
  /** The cause in at most four words: "Key rejected". */
  readonly short: string;
  /** One sentence: who refused the request, and why. */
  readonly title: string;
  /** The cause in more detail. */
  readonly meaning: string;
  /** The next step for the user. */
  readonly action: string;
  /** Null if the panel cannot do the next step. */
  readonly act: DiagnosisAct | null;
  readonly link: { readonly label: string; readonly url: string } | null;
}

/** Milliseconds of each observed step; null when the step did not happen or was not reached. */
export interface Timings {
  readonly dnsMs: number | null;
  readonly tcpMs: number | null;
  readonly tlsMs: number | null;
  /** The proxy's connection to the host, between TCP and TLS; absent or null without a proxy. */
  readonly tunnelMs?: number | null;
  /** From the start of the request to the first byte of the response. */
  readonly firstByteMs: number | null;
  /** From the start of the request to the first token of the generation. */
  readonly firstTokenMs: number | null;
  /** From the start of the request to the end of the response. */
  readonly lastByteMs?: number | null;
  readonly totalMs: number;
}

/** One sentence that the user needs to interpret the report. */
export interface ReportNote {
  readonly code: ReportNoteCode;
  readonly message: string;
  /** Only with `base_url_is_gateway`: the names in the URL, from which a block can be created. */
  readonly gateway?: { readonly accountId: string; readonly gatewayName: string };
}

export type ReportNoteCode =
  | "base_url_is_gateway"
  | "base_url_from_environment"
  | "answered_from_cache"
  | "fallback_answered"
  | "other_model_answered"
  | "gateway_headers_held_back"
  | "environment_problem"
  | "mux_gateway_called";

/** The response as received, with keys and tokens replaced. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** At most 16 KiB. */
  readonly body: string;
  readonly truncated: boolean;
}

export interface TestReport {
  readonly provider: string;
  /** The requested model, without the provider's prefix. */
  readonly model: string;
  /** The model named in the response, or null. */
  readonly answeredModel: string | null;
  /** The route requested by the saved file or the caller. */
  readonly expected: Route;
  /** Which route was tested; absent in reports of earlier versions. */
  readonly route?: TestRoute;
  /** With mux's route: the name of mux's gateway that was called in the provider's place. */
  readonly through?: string;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  /** Whether a generation finished normally. */
  readonly ok: boolean;
  readonly request: {
    readonly method: string;
    /** Without credentials and without secret query parameters. */
    readonly url: string;
    /** As sent, with the values of secret ones replaced; names in lower case. */
    readonly headers?: readonly (readonly [name: string, value: string])[];
    /** As sent: the test's own prompt, without any user data. */
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
