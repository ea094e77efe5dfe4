/** The route diagram in one sentence, for screen readers. */
import { reportTexts } from "../words/report-texts";
import { duration } from "../words/report-words";
import { words } from "../words/words";
import type { Picture } from "./report-picture";

/** "Path of the request: This computer: passed, then Cloudflare (my-gateway) after 48 ms: passed, …" */
export function pathSentence({ stops, hops, latencies }: Picture): string {
  const { path } = reportTexts;
  const parts = stops.map(({ label, detail, state }, at) => {
    const ms = latencies[at - 1] ?? null;
    const name = detail === null ? label : path.named(label, detail);
    const stop = `${name}${ms === null ? "" : path.after(duration(ms))}: ${words.picture[state]}`;
    return hops[at - 1] === "failed" ? `${path.lost}${path.next}${stop}` : stop;
  });
  return path.sentence(parts.join(path.next));
}
