/** The type of a rule that explains a failed route test: its sender, match, sentences and example. */
import type { Culprit, DiagnosisAct } from "../../../shared/report";
import type { Phase } from "../observe/exchange";

/** The gateway's own error. */
export interface GatewayMatch {
  readonly in: "gateway";
  readonly codes?: readonly number[];
  readonly message?: RegExp;
  /** Whether the request carried a gateway token. */
  readonly tokenSent?: boolean;
  /** The body has the form of Cloudflare's API. */
  readonly api?: true;
}

/** A response of Cloudflare's edge. */
export interface EdgeMatch {
  readonly in: "edge";
  readonly codes?: readonly number[];
  readonly status?: RegExp;
  /** A check that only a browser can pass. */
  readonly challenge?: true;
  /** The login of Cloudflare Access. */
  readonly access?: true;
}

/** A response of the provider; `text` is matched against its error's names and message. */
export interface ProviderMatch {
  readonly in: "provider";
  readonly status?: RegExp;
  readonly text?: RegExp;
  /** A web page; `edge`: one of Cloudflare's edge, behind the gateway. */
  readonly page?: "edge" | "any";
}

/** A response of the network in between. */
export interface MiddleboxMatch {
  readonly in: "middlebox";
  readonly status?: RegExp;
  /** It redirects to a login page. */
  readonly login?: true;
  /** Matched against the problems of the environment's certificates and proxies. */
  readonly problem?: RegExp;
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
  /** The gateway's host was called. */
  readonly atGateway?: true;
  readonly timeLimit?: true;
  /** Matched against the problems of the environment's certificates and proxies. */
  readonly problem?: RegExp;
}

/** A response that does not show its sender. */
export interface UnknownMatch {
  readonly in: "unknown";
  readonly status?: RegExp;
  readonly page?: true;
  /** The form of the gateway's errors, from another host. */
  readonly gatewayForm?: true;
}

/** A response with HTTP 200 that is not a finished generation. */
export interface EndMatch {
  readonly in: "end";
  readonly kind: EndKind;
}

/**
 * How such a response failed. `filtered`: a content filter ended it; `shortage`: the provider ran out
 * of resources; `failed`: an error ended it; `unusual`: it ended for another reason; `unexplained`: it
 * ended without a reason; `empty`: it has no body; `truncated`: it was cut off before its end;
 * `malformed`: it is not in the provider's wire format.
 */
export type EndKind =
  | "empty"
  | "filtered"
  | "shortage"
  | "failed"
  | "unusual"
  | "unexplained"
  | "truncated"
  | "malformed";

/** No request was sent. */
export interface UnsentMatch {
  readonly in: "unsent";
  /** The request was refused because its URL is not below the base URL. */
  readonly refused?: true;
}

export type Match =
  | GatewayMatch
  | EdgeMatch
  | ProviderMatch
  | MiddleboxMatch
  | NetworkMatch
  | UnknownMatch
  | EndMatch
  | UnsentMatch;

/** The target of a link; the URLs are in `dashboard-links.ts`. */
export type LinkTarget = "gateway" | "logs" | "gateways" | "tokens";

/**
 * The shortest failure that a rule explains. The documentation shows it, and a test checks that the
 * rule is the one that explains it.
 */
export interface Example {
  /** The called host; by default the gateway's for a rule of the gateway, else the provider's. */
  readonly at?: "gateway" | "provider" | "loopback";
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
  /** Why the response is missing or incomplete: the step and the code. */
  readonly failed?: readonly [Phase, code: string];
  readonly proxied?: true;
  readonly timedOut?: true;
  readonly tokenSent?: true;
  readonly problem?: string;
  /** Nothing was sent; `refused`: its URL was not below the base URL. */
  readonly unsent?: "refused" | "broken";
}

/**
 * Placeholders in the texts: `{provider}`, `{model}`, `{gateway}`, `{account}`, `{segment}`, `{host}`,
 * `{front}`, `{middlebox}`, `{refused}`, `{proxy}`, `{seconds}`, `{status}`, `{code}`, `{message}`,
 * `{reason}`, `{location}`, `{wait}`, `{issuer}`, `{addresses}`, `{sent}` and `{problem}`.
 */
export type DiagnosisRule = Explanation & { readonly match: Match; readonly example: Example };

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
      readonly act: Exclude<DiagnosisAct["kind"], "open_page" | "set_route_priority"> | null;
      readonly link?: LinkTarget;
    }
  | { readonly act: "open_page"; readonly link: LinkTarget }
);
