/**
 * `npm run gallery`: screenshots of every state of the section in all themes and widths, with an index
 * page, in out/gallery. Fails with a list of axe's findings. Names of states and themes after `--` select
 * them; `--update` replaces the screenshots in gallery/reference.
 */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium, type Browser } from "playwright";

import { installedChromium, ROOT } from "../../scripts/runtime";
import type { GalleryState } from "../../src/renderer/testing/gallery-state";
import { GALLERY_STATES } from "../../src/renderer/testing/gallery-states";
import { buildPage } from "./build-page";
import { indexPage, pictureName, type Finding } from "./index-page";
import { shoot, THEMES, withPage, type Shot, type Theme } from "./shot";

const OUT = join(ROOT, "out/gallery");
const AT_ONCE = 2;

/** The findings of one state, merged over themes and widths. */
function findingsOf(shots: readonly Shot[]): readonly Finding[] {
  const places = new Map<string, string[]>();
  for (const { theme, width, violations } of shots) {
    for (const text of violations) {
      const at = places.get(text) ?? [];
      places.set(text, [...at, `${theme} ${width}`]);
    }
  }
  return [...places].map(([text, at]) => ({ text, at }));
}

/** States that could not be shown because a step failed. */
const failed: string[] = [];

/** Selects states and themes by the arguments; none of a kind selects all. */
function wanted(names: readonly string[]): {
  readonly states: readonly GalleryState[];
  readonly themes: readonly Theme[];
} {
  const states = GALLERY_STATES.filter(({ id }) => names.includes(id));
  const themes = THEMES.filter((theme) => names.includes(theme));
  if (states.length + themes.length < names.length) {
    throw new Error(`Not all of these are states or themes: ${names.join(", ")}`);
  }
  return {
    states: states.length > 0 ? states : GALLERY_STATES,
    themes: themes.length > 0 ? themes : THEMES,
  };
}

async function take(
  browser: Browser,
  folder: string,
  state: GalleryState,
  theme: Theme,
): Promise<readonly Shot[]> {
  try {
    const shots = await withPage(browser, folder, (page) => shoot(page, state, theme));
    for (const { width, png } of shots) {
      await writeFile(join(OUT, pictureName(state.id, theme, width)), png);
    }
    return shots;
  } catch (error) {
    console.error(`${state.id} in ${theme} could not be shown.`, error);
    failed.push(`${state.id} in ${theme}`);
    return [];
  }
}

/** Replaces the stored screenshots, with which `npm test` compares. */
function updateReferences(): number {
  const command = ["playwright", "test", "--project", "gallery", "--update-snapshots=all"];
  const { status } = spawnSync("npx", command, {
    cwd: ROOT,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  return status ?? 1;
}

async function main(): Promise<number> {
  const names = process.argv.slice(2);
  if (names.includes("--update")) return updateReferences();
  const { states, themes } = wanted(names);
  const executablePath = installedChromium();
  if (executablePath === null) throw new Error("Neither Chrome nor Chromium is installed.");
  await rm(OUT, { recursive: true, force: true, maxRetries: 10 });
  await mkdir(OUT, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), "mux-gallery-"));
  const asRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({ executablePath, chromiumSandbox: !asRoot });
  try {
    await buildPage(folder);
    const jobs = states.flatMap((state) => themes.map((theme) => ({ state, theme })));
    const shots: Shot[] = [];
    const work = async (): Promise<void> => {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
        shots.push(...(await take(browser, folder, job.state, job.theme)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const findings = new Map(
      states.map(({ id }) => [id, findingsOf(shots.filter(({ state }) => state === id))] as const),
    );
    await writeFile(join(OUT, "index.html"), indexPage(states, themes, findings));
    if (failed.length > 0) console.log(`Not shown: ${failed.join(", ")}`);
    return Math.max(report(shots.length, findings), failed.length > 0 ? 1 : 0);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

function report(pictures: number, findings: ReadonlyMap<string, readonly Finding[]>): number {
  let violations = 0;
  for (const [state, found] of findings) {
    for (const { text, at } of found) {
      violations += 1;
      console.log(`${state}: ${text}\n    ${at.join(", ")}`);
    }
  }
  console.log(`${pictures} pictures, see ${join(OUT, "index.html")}`);
  console.log(`${violations} violations`);
  return violations === 0 ? 0 : 1;
}

async function run(): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}

void run();
