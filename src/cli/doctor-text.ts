/** The checklist of a gateway as lines. */
import { harmless, shownName } from "../main/text/harmless-text";
import type { DoctorCheck, DoctorItem, DoctorReport } from "../shared/account";
import { toned, type Terminal, type Tone } from "./terminal";

const NAMES: { readonly [Check in DoctorCheck]: string } = {
  account: "Account",
  gateway: "Gateway",
  gateway_token: "Gateway token",
  provider_keys: "Provider key",
  logging: "Logging",
  cache: "Cache",
  rate_limit: "Rate limit",
  region: "Region",
};

const LOOKS: {
  readonly [State in DoctorItem["state"]]: { readonly mark: string; readonly tone: Tone };
} = {
  ok: { mark: "✓", tone: "good" },
  warning: { mark: "!", tone: "doubtful" },
  failed: { mark: "✗", tone: "bad" },
  unknown: { mark: "?", tone: "quiet" },
};

/** Whether every check was made and none failed. A warning does not count as a failure. */
export function isHealthy({ items }: DoctorReport): boolean {
  return items.every(({ state }) => state === "ok" || state === "warning");
}

/** One line per check, and indented lines with the next step. */
export function doctorText(report: DoctorReport, terminal: Pick<Terminal, "colors">): string {
  const { items } = report;
  const count = (state: DoctorItem["state"]) => items.filter((item) => item.state === state).length;
  const others = [
    ["warning", count("warning")],
    ["failed", count("failed")],
    ["not known", count("unknown")],
  ] as const;
  const summary = others
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `, ${number} ${name}`)
    .join("");
  const lines = items.flatMap((item) => itemLines(item, terminal));
  return `${[...lines, `${count("ok")} of ${items.length} checks passed${summary}.`].join("\n")}\n`;
}

function itemLines(
  { check, state, message, fix, url, provider }: DoctorItem,
  terminal: Pick<Terminal, "colors">,
): readonly string[] {
  const { mark, tone } = LOOKS[state];
  const whose = provider === null ? "" : ` (${shownName(provider)})`;
  return [
    `${toned(mark, tone, terminal)} ${NAMES[check]}${whose}: ${plain(message)}`,
    ...(fix === null ? [] : [`    Next: ${plain(fix)}`]),
    ...(url === null ? [] : [`    ${url}`]),
  ];
}

function plain(text: string): string {
  return harmless(text).replaceAll("\n", " ");
}
