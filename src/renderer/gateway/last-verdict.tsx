/** The last verdict of a provider with its age, small, in its row. */
import { useEffect, useState } from "react";
import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";

import type { RememberedTest } from "../../shared/tests";
import { ageOf, shortVerdict, toneOf } from "./report-words";
import { words } from "./words";

const ICONS = { good: CircleCheck, doubtful: TriangleAlert, bad: CircleX } as const;
const MINUTE_MS = 60_000;

export function LastVerdict(props: { readonly test: RememberedTest }) {
  const { report, stale } = props.test;
  const now = useMinutes();
  const tone = toneOf(report);
  const age = ageOf(report.startedAt, now);
  const Icon = ICONS[tone];
  const say = stale ? words.last.stale : words.last.text;
  const sentence = say(shortVerdict(report), age);
  return (
    <span className="cfgw-last" data-tone={stale ? "stale" : tone} title={sentence}>
      <Icon size={14} aria-hidden="true" />
      <span className="cfgw-last-age" aria-hidden="true">
        {age}
      </span>
      <span className="cfgw-hidden">{sentence}</span>
    </span>
  );
}

function useMinutes(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, MINUTE_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}
