/** `npm run check`: the quick checks to run after each change. `npm test` runs everything. */
import { ensureRuntime } from "./runtime";
import { runStep, runTogether, type Printing, type Step } from "./steps";

/** Slow unit tests: they run many rounds, wait for timers or start programs. */
const SLOW_UNIT_TESTS = [
  "**/*.fuzz.test.ts",
  "**/*-properties.test.ts",
  "**/hostile*.test.ts",
  "tools/**",
  "demo/**",
  "checks/**",
];
/** Everyday use, in a window that the tests share. */
const CORE_E2E_TESTS = ["flow", "switch", "file", "list", "mirror", "window", "refusals"];

const QUICK_UNIT: Step = {
  name: "quick unit tests",
  command: ["npx", "vitest", "run", ...SLOW_UNIT_TESTS.flatMap((glob) => ["--exclude", glob])],
};
const CORE_E2E: Step = {
  name: "core end-to-end tests",
  command: [
    "npx",
    "playwright",
    "test",
    "--project=panel",
    ...CORE_E2E_TESTS.map((name) => `e2e/${name}.e2e.ts`),
  ],
};

async function main(): Promise<number> {
  const say = (text: string): void => console.log(text);
  const printing: Printing = { say, everything: false };
  const started = performance.now();
  const runtime = ensureRuntime(say);
  const build: Step = { name: "build", command: ["npx", "tsx", "scripts/build.ts"] };
  // End-to-end tests mostly wait for windows, so they run at the same time as the unit tests.
  const [statics, built] = await Promise.all([
    runTogether(
      [
        { name: "test:format" },
        { name: "test:types" },
        { name: "test:lint" },
        { name: "test:commits" },
      ],
      printing,
    ),
    runStep(build, printing),
  ]);
  const [unit, e2e] = await Promise.all([
    runStep(QUICK_UNIT, printing),
    built && runtime !== null && runStep(CORE_E2E, printing),
  ]);
  const hasPassed = [...statics, built, unit, e2e].every(Boolean);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  say(`${hasPassed ? "All checks passed" : "Some checks failed, see above"} (${seconds} s).`);
  return hasPassed ? 0 : 1;
}

void main().then((code) => process.exit(code));
