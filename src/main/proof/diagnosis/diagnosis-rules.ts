/** All diagnosis rules, in the order in which they are tried. */
import { RESPONSE_RULES } from "./response-rules";
import { CLOUDFLARE_RULES } from "./cloudflare-rules";
import type { DiagnosisRule, Explanation } from "./diagnosis-rule";
import { NETWORK_RULES } from "./network-rules";
import { PROVIDER_RULES } from "./provider-rules";

/** The first rule that matches explains the failure. */
export const DIAGNOSIS_RULES: readonly DiagnosisRule[] = [
  ...NETWORK_RULES,
  ...CLOUDFLARE_RULES,
  ...PROVIDER_RULES,
  ...RESPONSE_RULES,
];

/** Used when no rule matches. */
export const UNKNOWN_RULE: Explanation = {
  rule: "unknown",
  culprit: "unknown",
  short: "Unknown error",
  title: "The cause of the failure is unknown.",
  meaning: "The response matches no known error of Cloudflare or a provider.",
  action: "Check the raw response under Details. A report of it helps to explain it next time.",
  act: null,
};
