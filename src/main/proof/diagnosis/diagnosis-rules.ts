/** The table of everything that can go wrong with a test, in the order in which the rules are tried. */
import { ANSWER_RULES } from "./answer-rules";
import { CLOUDFLARE_RULES } from "./cloudflare-rules";
import type { DiagnosisRule } from "./diagnosis-rule";
import { NETWORK_RULES } from "./network-rules";
import { PROVIDER_RULES } from "./provider-rules";

/** The first rule that matches explains the failure. */
export const DIAGNOSIS_RULES: readonly DiagnosisRule[] = [
  ...NETWORK_RULES,
  ...CLOUDFLARE_RULES,
  ...PROVIDER_RULES,
  ...ANSWER_RULES,
];

/** For whatever no rule knows. */
export const UNKNOWN_RULE = {
  rule: "unknown",
  culprit: "unknown",
  title: "The request failed for a reason that is not known here.",
  meaning: "The answer fits no error that Cloudflare or a provider is known to give.",
  action:
    "Look at the raw answer under Details; a report of it would help to explain it next time.",
} as const;
