/** The result of a provider's last test: a button that opens the report. */
import { LoaderCircle } from "lucide-react";

import { assertNever } from "../../../shared/assert-never";
import { ageOf, shortResult, toneOf, type Tone } from "../words/report-words";
import { useCurrentMinute } from "../ui/current-minute";
import { isRefusedTest, logMark, type ShownTest } from "./test-run";
import { words } from "../words/words";

export function TestBadge(props: {
  readonly test: ShownTest;
  /** Whether to invite to a test where there is none yet. */
  readonly isTestable: boolean;
  readonly onOpen: () => void;
}) {
  const { test } = props;
  if (test.kind === "nothing" && !props.isTestable) return null;
  const stale = test.kind === "report" && test.stale;
  const log = logMark(test);
  return (
    <button
      type="button"
      className="cfgw-last"
      data-tone={stale ? "stale" : badgeTone(test)}
      {...(log === null ? {} : { "data-log": log })}
      title={log === null ? words.last.show : words.last.showLogged[log]}
      onClick={props.onOpen}
    >
      {test.kind === "running" ? (
        <LoaderCircle className="cfgw-spin" size={12} aria-hidden="true" />
      ) : (
        <span className="cfgw-last-dot" aria-hidden="true" />
      )}
      <span className="cfgw-hidden">{words.last.test} </span>
      <span className="cfgw-last-words">{badgeWords(test)}</span>
      {log === null || differs(test) ? null : (
        <span className="cfgw-hidden">, {words.last.logged[log]}</span>
      )}
      {test.kind === "report" ? <When test={test} /> : null}
    </button>
  );
}

/** The result for screen readers, without its age. */
export function spokenResult(test: ShownTest): string {
  const isStale = test.kind === "report" && test.stale;
  const log = logMark(test);
  if (isStale) return words.last.outdated(badgeWords(test));
  return log === null || differs(test)
    ? badgeWords(test)
    : `${badgeWords(test)}, ${words.last.logged[log]}`;
}

/** Whether Cloudflare's log contradicts a test that passed. The cause of a failed one matters more. */
function differs(test: ShownTest): boolean {
  return test.kind === "report" && test.report.ok && logMark(test) === "different";
}

/** The result of a test in at most four words. */
function badgeWords(test: ShownTest): string {
  if (differs(test)) return words.last.logDiffers;
  switch (test.kind) {
    case "nothing":
      return words.last.untested;
    case "running":
      return words.last.running;
    case "refused":
      return words.last.refused;
    case "report":
      return shortResult(test.report);
    default:
      return assertNever(test);
  }
}

/** `none`: no result to judge. */
function badgeTone(test: ShownTest): Tone | "none" {
  if (differs(test)) return "doubtful";
  if (test.kind === "report") return toneOf(test.report);
  return test.kind === "refused" && isRefusedTest(test.error) ? "bad" : "none";
}

function When(props: { readonly test: Extract<ShownTest, { readonly kind: "report" }> }) {
  const { report, stale } = props.test;
  return (
    <span className="cfgw-last-age">
      {stale ? words.last.stale : <Age startedAt={report.startedAt} />}
    </span>
  );
}

/** A separate component, so that a row without a result runs no timer. */
function Age(props: { readonly startedAt: string }) {
  return ageOf(props.startedAt, useCurrentMinute());
}
