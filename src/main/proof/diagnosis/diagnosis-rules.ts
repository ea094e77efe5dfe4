/** All diagnosis rules, in the order in which they are tried. */
import type { DiagnosisRule, Explanation } from "./diagnosis-rule";
import { CONNECTION_RULES } from "./rules/connection-rules";
import { EDGE_RULES } from "./rules/edge-rules";
import { END_RULES } from "./rules/end-rules";
import { GATEWAY_LIMIT_RULES, OTHER_GATEWAY_RULES } from "./rules/gateway-limit-rules";
import { GATEWAY_RULES } from "./rules/gateway-rules";
import { MIDDLEBOX_RULES } from "./rules/middlebox-rules";
import { PROVIDER_ACCOUNT_RULES } from "./rules/provider-account-rules";
import { PROVIDER_RULES } from "./rules/provider-rules";
import { PROXY_RULES } from "./rules/proxy-rules";
import { RESPONSE_TIME_RULES } from "./rules/response-time-rules";
import { UNKNOWN_RULES } from "./rules/unknown-rules";

/**
 * The first rule that matches explains the failure. Each matches the responses of one sender only, so
 * only the order within a sender matters.
 */
export const DIAGNOSIS_RULES: readonly DiagnosisRule[] = [
  ...PROXY_RULES,
  ...CONNECTION_RULES,
  ...RESPONSE_TIME_RULES,
  ...GATEWAY_RULES,
  ...GATEWAY_LIMIT_RULES,
  ...OTHER_GATEWAY_RULES,
  ...EDGE_RULES,
  ...MIDDLEBOX_RULES,
  ...PROVIDER_ACCOUNT_RULES,
  ...PROVIDER_RULES,
  ...END_RULES,
  ...UNKNOWN_RULES,
];

/** Used when no rule matches. */
export const UNKNOWN_RULE: Explanation = {
  rule: "unknown",
  culprit: "unknown",
  short: "Unknown error",
  title: "The cause of the failure is unknown.",
  meaning: "The response matches no known error of Cloudflare or a provider.",
  action: "Copy the report, which has no keys in it, and add it to an issue of this project.",
  act: "copy_report",
};
