/** The badge of a provider's last test: a button with the verdict and its age that opens the report. */
import { CircleCheck, CircleX, LoaderCircle, TriangleAlert } from "lucide-react";

import { assertNever } from "../../../shared/assert-never";
import { ageOf, shortVerdict, toneOf, type Tone } from "../words/report-words";
import { useCurrentMinute } from "../ui/current-minute";
import type { ShownTest, TestRun } from "./test-run";
import { words } from "../words/words";

const ICONS = { good: CircleCheck, doubtful: TriangleAlert, bad: CircleX } as const;

export function TestBadge(props: { readonly run: TestRun }) {
  const { run } = props;
  switch (run.badge.kind) {
    case "nothing":
      return null;
    case "running":
      return <LoaderCircle className="cfgw-spin" size={14} aria-hidden="true" />;
    case "refused":
    case "report":
      return <Result run={run} shown={run.badge} />;
    default:
      return assertNever(run.badge);
  }
}

/** A separate component, so that a row without a result runs no timer. */
function Result(props: { readonly run: TestRun; readonly shown: Shown }) {
  const { run } = props;
  const badge = badgeOf(props.shown, useCurrentMinute());
  const Icon = ICONS[badge.tone];
  return (
    <button
      type="button"
      className="cfgw-last"
      data-tone={badge.stale ? "stale" : badge.tone}
      aria-expanded={run.open}
      title={words.last.show(run.open)}
      onClick={run.toggle}
    >
      <Icon size={14} aria-hidden="true" />
      <span className="cfgw-hidden">{words.last.test} </span>
      <span className="cfgw-last-words">{badge.text}</span>
      {badge.when === null ? null : <span className="cfgw-last-age">{badge.when}</span>}
    </button>
  );
}

type Shown = Extract<ShownTest, { readonly kind: "refused" | "report" }>;

interface Badge {
  readonly tone: Tone;
  readonly stale: boolean;
  readonly text: string;
  /** The age of the result or a note that it is outdated. Null for a refused test. */
  readonly when: string | null;
}

function badgeOf(shown: Shown, now: number): Badge {
  switch (shown.kind) {
    case "refused": {
      const text = shown.error.code === "cancelled" ? words.last.stopped : words.last.refused;
      const tone = shown.error.code === "cancelled" ? "doubtful" : "bad";
      return { tone, stale: false, text, when: null };
    }
    case "report": {
      const { report, stale } = shown;
      const when = stale ? words.last.stale : ageOf(report.startedAt, now);
      return { tone: toneOf(report), stale, text: shortVerdict(report), when };
    }
    default:
      return assertNever(shown);
  }
}
