/** The type of a rule that explains a failed route test: its match and its sentences. */
import type { Culprit, DiagnosisAct } from "../../../shared/report";
import type { Phase } from "../observe/exchange";

/** An error with one of Cloudflare's codes, from AI Gateway, the API or the edge. */
export interface NumberedMatch {
  readonly in: "gateway" | "cloudflare-api" | "edge";
  /** Whether the request carried a gateway token. */
  readonly tokenSent?: boolean;
  readonly codes?: readonly number[];
  readonly status?: RegExp;
  readonly message?: RegExp;
}

/** A provider's error; `text` is matched against its names and its message. */
export interface ProviderMatch {
  readonly in: "provider";
  readonly status?: RegExp;
  readonly text?: RegExp;
}

/**
 * No response, or one that was cut off; `text` is matched against the codes and messages of the
 * error and its causes.
 */
export interface NetworkMatch {
  readonly in: "network";
  readonly text?: RegExp;
  readonly phase?: readonly Phase[];
  readonly proxied?: boolean;
  readonly loopback?: true;
  readonly timeLimit?: true;
  /** Matched against the problems of the environment's certificates and proxies. */
  readonly problem?: RegExp;
}

/** A response without a known error in its body. */
export interface ResponseMatch {
  readonly in: "response";
  readonly kind?: ResponseKind;
  readonly status?: RegExp;
  readonly atGateway?: boolean;
}

/**
 * How a response with HTTP 200 failed. `filtered`: a content filter ended it; `shortage`: the provider
 * ran out of resources; `failed`: an error ended it; `unusual`: it ended for another reason;
 * `unexplained`: it ended without a reason; `truncated`: it was cut off before its end; `malformed`:
 * it is not in the provider's wire format. `plain`: a response with another status.
 */
export type ResponseKind =
  | "html"
  | "empty"
  | "filtered"
  | "shortage"
  | "failed"
  | "unusual"
  | "unexplained"
  | "truncated"
  | "malformed"
  | "plain";

/** No request was sent. */
export interface UnsentMatch {
  readonly in: "unsent";
  /** The request was refused because its URL is not below the base URL. */
  readonly refused?: true;
}

export type Match = NumberedMatch | ProviderMatch | NetworkMatch | ResponseMatch | UnsentMatch;

/** The target of a link; the URLs are in `dashboard-links.ts`. */
export type LinkTarget = "gateway" | "logs" | "gateways" | "tokens";

/**
 * Placeholders in the texts: `{provider}`, `{model}`, `{gateway}`, `{account}`, `{host}`, `{refused}`, `{proxy}`, `{seconds}`, `{status}`, `{code}`,
 * `{message}`, `{reason}`, `{location}`, `{wait}` and `{problem}`.
 */
export type DiagnosisRule = Explanation & { readonly match: Match };

/** The texts of a rule, and what the panel can do. */
export type Explanation = {
  /** Its ID in reports; must not change once released. */
  readonly rule: string;
  readonly culprit: Culprit;
  /** The cause in at most four words, in sentence case, without placeholders. */
  readonly short: string;
  readonly title: string;
  readonly meaning: string;
  readonly action: string;
} & (
  | {
      readonly act: Exclude<DiagnosisAct["kind"], "open_page"> | null;
      readonly link?: LinkTarget;
    }
  | { readonly act: "open_page"; readonly link: LinkTarget }
);
