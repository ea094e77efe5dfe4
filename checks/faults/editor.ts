/** Scenario: an editor without locks saves during a change. Neither text nor keys may be lost. */
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { applyChange } from "../../src/main/config/testing/edit-text";
import { EDITOR_WAYS, type EditorDone, type EditorSave, type StepsDone } from "./orders";
import { Program } from "./program";
import { ACCOUNT, sampleText } from "./sample";
import { randomFrom, timed, type Scenario } from "./scenario";

const NAME = "providers.jsonc";
/** Maximum pause of the editor between truncating the file and writing it. */
const PAUSE_MS = 6;
/** Error codes that a writer may return. Each says that it changed nothing. */
const REFUSALS: ReadonlySet<string> = new Set([
  "file_being_saved",
  "file_invalid",
  "file_overwritten",
  "file_vanished",
]);
const CHANGE = {
  kind: "enable",
  provider: "openai",
  accountId: ACCOUNT,
  gatewayName: "g-1",
} as const;

export const editorScenario: Scenario = {
  name: "an editor saves in place",
  run: async ({ long, seed, programs }) => {
    const rounds = long ? 2000 : 300;
    const random = randomFrom(seed);
    const failures: string[] = [];
    const ends = new Map<string, number>();
    const directory = await mkdtemp(join(tmpdir(), "faults-editor-"));
    const file = join(directory, NAME);
    const writer = new Program(programs, "store-program");
    const editor = new Program(programs, "editor-program");
    await Promise.all([writer.ready, editor.ready]);
    const usual = await usualMs(writer, file);
    let slowest = 0;
    for (let round = 0; round < rounds; round++) {
      await writeOld(file, sampleText(2000));
      const text = sampleText(2000).replace("// providers of mux", `// round ${round}`);
      const order: EditorSave = {
        kind: "save",
        file,
        text,
        // Most editors save in place, which is also the most dangerous way.
        way: EDITOR_WAYS[round % 4] ?? "in place",
        delayMs: random() * usual,
        pauseMs: random() * PAUSE_MS,
      };
      const saving = editor.order<EditorDone>(order);
      const { answer, ms } = await timed(async () =>
        writer.order<StepsDone>({ kind: "steps", file, steps: [CHANGE] }),
      );
      await saving;
      slowest = Math.max(slowest, ms);
      const found = await readFile(file, "utf8");
      const end = endOf(found, text, answer.error);
      ends.set(end, (ends.get(end) ?? 0) + 1);
      const litter = (await readdir(directory)).filter((name) => name !== NAME);
      const wrong = [
        ...(end.startsWith("LOST") ? [`${end}: ${JSON.stringify(found.slice(0, 80))}`] : []),
        ...(litter.length > 0 ? [`left behind: ${litter.join(", ")}`] : []),
      ];
      const how = `${order.way}, ${order.delayMs.toFixed(2)} and ${order.pauseMs.toFixed(2)} ms`;
      failures.push(...wrong.map((what) => `round ${round} (${how}): ${what}`));
    }
    await Promise.all([writer.end(), editor.end()]);
    await rm(directory, { recursive: true, maxRetries: 10 });
    const counts = [...ends].map(([end, count]) => `${count} ${end}`).sort();
    return {
      figures: `${rounds} rounds: ${counts.join(", ")}; slowest change ${slowest.toFixed(0)} ms`,
      failures,
    };
  },
};

/** Backdates the file, as if it had been written long before the round. */
async function writeOld(file: string, text: string): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, text);
  const old = new Date(Date.now() - 60_000);
  await utimes(file, old, old);
}

/** The duration of an undisturbed change, in ms, within which the editor saves. */
async function usualMs(writer: Program, file: string): Promise<number> {
  const samples: number[] = [];
  for (let n = 0; n < 9; n++) {
    await writeOld(file, sampleText(2000));
    const { ms } = await timed(async () =>
      writer.order<StepsDone>({ kind: "steps", file, steps: [CHANGE] }),
    );
    samples.push(ms);
  }
  return samples.sort((a, b) => a - b)[4] ?? 0;
}

/** The editor's text must survive in any case, with or without the change. */
function endOf(found: string, text: string, error: string | null): string {
  if (error !== null && !REFUSALS.has(error)) return `LOST: the change failed with ${error}`;
  const changed = applyChange(text, { ...CHANGE, details: CHANGE }, NAME);
  if (!changed.success) return "LOST: the editor's text cannot be changed";
  if (found === changed.data) {
    return error === null ? "with the change" : `LOST: changed despite ${error}`;
  }
  if (found !== text) return "LOST: the editor's text is missing";
  return error === null ? "saved over by the editor" : `refused (${error})`;
}
