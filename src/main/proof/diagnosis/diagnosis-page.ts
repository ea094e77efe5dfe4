/** Renders the diagnosis rules as a Markdown page. */
import type { Culprit } from "../../../shared/report";
import type { DiagnosisRule, EndKind, Example, Match } from "./diagnosis-rule";
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
    "This page lists the diagnoses of a failed route test, grouped by who refused or stopped the request. `npm run docs` makes it from the rules in `src/main/proof/diagnosis/rules`. `{…}` is replaced with observed values. Each rule has the shortest failure that it explains as an example.",
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
    `**Next step:** ${first.action}`,
    exampleOf(first.example),
  ].join("\n\n");
}

/** The first example of an entry, as a block of code. */
function exampleOf({ status, headers = {}, body, failed, ...others }: Example): string {
  const lines = [
    others.unsent === undefined ? "" : "nothing was sent",
    others.proxied ? "through a proxy" : "",
    others.problem ?? "",
    others.timedOut ? "the time limit was reached" : "",
    failed === undefined ? "" : `failed at ${failed.join(": ")}`,
    status === undefined ? "" : `HTTP ${status}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    typeof body === "object" ? JSON.stringify(body) : (body ?? ""),
  ];
  return ["```text", ...lines.filter((line) => line !== ""), "```"].join("\n");
}

function unknownEntry(): string {
  const { rule, title, meaning, action } = UNKNOWN_RULE;
  return [`### ${title}`, `\`${rule}\``, meaning, `**Next step:** ${action}`].join("\n\n");
}

const ENDS: Readonly<Record<EndKind, string>> = {
  empty: "without a body",
  filtered: "stopped by a content filter",
  shortage: "stopped by a shortage at the provider",
  failed: "that ended with an error",
  unusual: "with any other finish reason",
  unexplained: "without a finish reason",
  truncated: "that is incomplete",
  malformed: "in another format",
};

/** Describes what a rule matches. */
function describeMatch(match: Match): string {
  switch (match.in) {
    case "gateway":
      return words([
        match.api ? "error in the form of Cloudflare's API" : "gateway error",
        codes(match.codes),
        match.tokenSent === false && "without a token",
        match.message && `with the message ${pattern(match.message)}`,
      ]);
    case "edge":
      return words([
        "response of Cloudflare's edge",
        codes(match.codes),
        match.challenge && "with a browser check",
        match.access && "with a login of Cloudflare Access",
        match.status && `with HTTP ${pattern(match.status)}`,
      ]);
    case "provider":
      return words([
        match.page === undefined
          ? "provider response"
          : match.page === "edge"
            ? "page of Cloudflare's edge behind the gateway"
            : "web page of the provider",
        match.status && `with HTTP ${pattern(match.status)}`,
        match.text && `with the text ${pattern(match.text)}`,
      ]);
    case "middlebox":
      return words([
        "response of the network",
        match.login && "with a redirect to another host",
        match.problem && `after a warning that matches ${pattern(match.problem)}`,
        match.status && `with HTTP ${pattern(match.status)}`,
      ]);
    case "network":
      return words([
        match.timeLimit ? "timeout" : "no response, or an incomplete one",
        match.proxied && "through a proxy",
        match.loopback && "on this computer",
        match.atGateway && "of the gateway",
        match.phase && `during ${match.phase.join(", ")}`,
        match.text && `with ${pattern(match.text)}`,
        match.problem && `after a warning that matches ${pattern(match.problem)}`,
      ]);
    case "unknown":
      return words([
        match.page ? "web page of an unknown sender" : "response of an unknown sender",
        match.gatewayForm && "in the form of a gateway error",
        match.status && `with HTTP ${pattern(match.status)}`,
      ]);
    case "end":
      return `response with HTTP 200 ${ENDS[match.kind]}`;
    case "unsent":
      return match.refused ? "request refused before it was sent" : "no request sent";
    default:
      return match satisfies never;
  }
}

function codes(list: readonly number[] | undefined): string {
  if (list === undefined) return "";
  return list.length === 0 ? "without a code" : list.join(", ");
}

function words(parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}

function pattern({ source }: RegExp): string {
  return `\`${source}\``;
}
