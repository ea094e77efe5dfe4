/** `npm run check`: a quick look at everything, for the time between two changes. `npm test` is the whole. */
import { ensureRuntime } from "./runtime";
import { runStep, runTogether, type Printing, type Step } from "./steps";

/** Unit tests that take long: they repeat themselves, wait for a clock or start programs. */
const SLOW_UNIT_TESTS = [
  "**/*.fuzz.test.ts",
  "**/*-properties.test.ts",
  "**/hostile*.test.ts",
  "tools/**",
  "demo/**",
  "checks/**",
];
/** What a user does every day, in a window that the tests share. */
const CORE_E2E_TESTS = ["flow", "switch", "file", "list", "mirror", "window", "refusals"];

const QUICK_UNIT: Step = {
  name: "unit tests, the quick ones",
  command: ["npx", "vitest", "run", ...SLOW_UNIT_TESTS.flatMap((glob) => ["--exclude", glob])],
};
const CORE_E2E: Step = {
  name: "end-to-end tests, the core",
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
  // Windows wait most of the time, so that the other tests have the processor meanwhile.
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
  const isWell = [...statics, built, unit, e2e].every(Boolean);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  say(`${isWell ? "All is well" : "Not everything is well; see above"}, after ${seconds} s.`);
  return isWell ? 0 : 1;
}

void main().then((code) => process.exit(code));
