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
  ["unknown", "Not known"],
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
    "What the panel says when a test fails, by who said no. `{…}` stands for what was seen. The first rule that matches is the one that is shown.",
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
  gateway: "AI Gateway's error",
  "cloudflare-api": "an error of Cloudflare's API",
  edge: "an error of Cloudflare's edge",
} as const;

const KINDS: Readonly<Record<ResponseKind, string>> = {
  html: "that is a web page",
  empty: "without a body",
  filtered: "that a content filter ended",
  shortage: "that a shortage at the provider ended",
  failed: "that an error ended",
  unusual: "that ended for any other reason",
  unexplained: "that ended without a reason",
  truncated: "that stopped before its end",
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
        match.status && `with HTTP ${pattern(match.status)}`,
        match.message && `that says ${pattern(match.message)}`,
      ]);
    case "provider":
      return words([
        "a provider's error",
        match.status && `with HTTP ${pattern(match.status)}`,
        match.says && `that says ${pattern(match.says)}`,
      ]);
    case "network":
      return words([
        match.timeLimit ? "the time limit" : "no answer, or one that broke off",
        match.proxied && "through a proxy",
        match.loopback && "on this computer",
        match.phase && `at ${match.phase.join(", ")}`,
        match.says && `with ${pattern(match.says)}`,
        match.problem && `while ${pattern(match.problem)} is broken`,
      ]);
    case "response":
      return words([
        match.atGateway ? "an answer of the gateway's host" : "an answer",
        match.kind && KINDS[match.kind],
        match.status && `with HTTP ${pattern(match.status)}`,
      ]);
    case "unsent":
      return "no request";
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
