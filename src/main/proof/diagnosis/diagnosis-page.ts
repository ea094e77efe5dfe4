/** Renders the diagnosis rules as a Markdown page. */
import type { Culprit } from "../../../shared/report";
import type { ResponseKind, DiagnosisRule, Match } from "./diagnosis-rule";
import { DIAGNOSIS_RULES, UNKNOWN_RULE } from "./diagnosis-rules";

const CULPRITS: readonly (readonly [Culprit, heading: string])[] = [
  ["computer", "This computer"],
  ["network", "The network"],
  ["edge", "Cloudflare's edge"],
  ["gateway", "Your gateway"],
  ["provider", "The provider"],
  ["unknown", "Unknown"],
];

/** Groups the rules by culprit; rules with the same ID and texts share an entry. */
export function diagnosesPage(): string {
  const sections = CULPRITS.map(([culprit, heading]) => {
    const rules = DIAGNOSIS_RULES.filter((rule) => rule.culprit === culprit);
    const texts = [...new Set(rules.map(textsOf))];
    const entries = texts.map((text) => entry(rules.filter((rule) => textsOf(rule) === text)));
    const unknown = culprit === UNKNOWN_RULE.culprit ? [unknownEntry()] : [];
    return [`## ${heading}`, ...entries, ...unknown].join("\n\n");
  });
  return [
    "# Diagnoses",
    "This page lists the diagnoses of a failed route test, grouped by what refused or stopped the request. `{…}` is replaced with observed values. The panel shows the first rule that matches.",
    ...sections,
    "",
  ].join("\n\n");
}

function textsOf({ rule, title, meaning, action }: DiagnosisRule): string {
  return [rule, title, meaning, action].join("\n");
}

function entry(rules: readonly DiagnosisRule[]): string {
  const [first] = rules;
  if (!first) return "";
  return [
    `### ${first.title}`,
    `\`${first.rule}\` · ${rules.map(({ match }) => describeMatch(match)).join("; or ")}`,
    first.meaning,
    `**What to do:** ${first.action}`,
  ].join("\n\n");
}

function unknownEntry(): string {
  const { rule, title, meaning, action } = UNKNOWN_RULE;
  return [`### ${title}`, `\`${rule}\``, meaning, `**What to do:** ${action}`].join("\n\n");
}

const NUMBERED = {
  gateway: "AI Gateway error",
  "cloudflare-api": "Cloudflare API error",
  edge: "Cloudflare edge error",
} as const;

const KINDS: Readonly<Record<ResponseKind, string>> = {
  html: "that is a web page",
  empty: "without a body",
  filtered: "stopped by a content filter",
  shortage: "stopped by a shortage at the provider",
  failed: "that ended with an error",
  unusual: "with any other finish reason",
  unexplained: "without a finish reason",
  truncated: "that is incomplete",
  malformed: "in another format",
  plain: "without an explanation",
};

/** Describes what a rule matches. */
function describeMatch(match: Match): string {
  switch (match.in) {
    case "gateway":
    case "cloudflare-api":
    case "edge":
      return words([
        NUMBERED[match.in],
        match.codes?.join(", "),
        match.tokenSent === false && "without a token",
        match.status && `with HTTP ${pattern(match.status)}`,
        match.message && `with the message ${pattern(match.message)}`,
      ]);
    case "provider":
      return words([
        "provider error",
        match.status && `with HTTP ${pattern(match.status)}`,
        match.text && `with the text ${pattern(match.text)}`,
      ]);
    case "network":
      return words([
        match.timeLimit ? "timeout" : "no response, or an incomplete one",
        match.proxied && "through a proxy",
        match.loopback && "on this computer",
        match.phase && `during ${match.phase.join(", ")}`,
        match.text && `with ${pattern(match.text)}`,
        match.problem && `after a warning that matches ${pattern(match.problem)}`,
      ]);
    case "response":
      return words([
        match.atGateway ? "response from the gateway's host" : "response",
        match.kind && KINDS[match.kind],
        match.status && `with HTTP ${pattern(match.status)}`,
      ]);
    case "unsent":
      return "no request sent";
    default:
      return match satisfies never;
  }
}

function words(parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}

function pattern({ source }: RegExp): string {
  return `\`${source}\``;
}
