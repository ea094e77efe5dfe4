/** The shape of a rule that explains a failed test: what it matches, and what it then says. */
import type { Culprit } from "../../../shared/report";
import type { Phase } from "../observe/exchange";

/** An error that Cloudflare numbers: the gateway's own, its API's, or its edge's. */
export interface NumberedMatch {
  readonly in: "gateway" | "cloudflare-api" | "edge";
  readonly codes?: readonly number[];
  readonly status?: RegExp;
  readonly message?: RegExp;
}

/** An error in a provider's own words; `says` sees the names that it gives the error, and its message. */
export interface ProviderMatch {
  readonly in: "provider";
  readonly status?: RegExp;
  readonly says?: RegExp;
}

/** No answer, or one that broke off. `says` sees the codes and messages of the error and its causes. */
export interface NetworkMatch {
  readonly in: "network";
  readonly says?: RegExp;
  readonly phase?: readonly Phase[];
  readonly proxied?: boolean;
  readonly loopback?: true;
  readonly timeLimit?: true;
  /** What is wrong with the environment's certificates and proxies. */
  readonly problem?: RegExp;
}

/** An answer that says nothing of its own. */
export interface AnswerMatch {
  readonly in: "answer";
  readonly kind?: AnswerKind;
  readonly status?: RegExp;
  readonly atGateway?: boolean;
}

/**
 * How an answer with a 200 went wrong. `filtered`: a content filter ended it; `shortage`: the provider
 * ran out of resources; `failed`: an error ended it; `unusual`: it ended for another reason;
 * `unexplained`: it ended without one; `truncated`: it stopped before its end; `malformed`: it is not
 * in the format of this provider.
 */
export type AnswerKind =
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

/** No request left this computer. */
export interface UnsentMatch {
  readonly in: "unsent";
  /** Because it would have left its base URL. */
  readonly refused?: true;
}

export type Match = NumberedMatch | ProviderMatch | NetworkMatch | AnswerMatch | UnsentMatch;

/** Where a link leads; the addresses are in `dashboard-links.ts`. */
export type LinkTarget = "gateway" | "logs" | "gateways" | "tokens";

/**
 * In the texts, `{provider}`, `{model}`, `{host}`, `{refused}`, `{proxy}`, `{seconds}`, `{status}`, `{code}`,
 * `{message}`, `{reason}`, `{location}`, `{wait}` and `{problem}` stand for what was seen.
 */
export interface DiagnosisRule {
  /** Its name in reports; never changes once released. */
  readonly rule: string;
  readonly culprit: Culprit;
  readonly match: Match;
  readonly title: string;
  readonly meaning: string;
  readonly action: string;
  readonly link?: LinkTarget;
}
