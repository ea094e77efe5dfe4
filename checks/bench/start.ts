/** How long a person waits for the window: from the start of the program to the painted section. */
import { startDemo } from "../../demo/demo";
import { launchPanel, withUserHome } from "../driving/launch";
import { buildIfNeeded } from "../../scripts/build";
import type { Row } from "./table";
import { providersText } from "./ui-actions";

const STARTS = 7;
const PROVIDERS = 12;

export async function measureStart(): Promise<readonly Row[]> {
  buildIfNeeded();
  const demo = await startDemo({ providersText: providersText(PROVIDERS) });
  const samples: number[] = [];
  try {
    for (let start = 0; start < STARTS; start += 1) {
      samples.push(await withUserHome((userHome) => startOnce(demo.env, userHome)));
    }
  } finally {
    await demo.close();
  }
  const what = `${PROVIDERS} providers: program starts → section painted`;
  return [{ what, unit: "ms", samples, limit: null }];
}

/** With the test runner's own way into the program, which costs some of it. */
async function startOnce(env: Readonly<Record<string, string>>, userHome: string): Promise<number> {
  const started = performance.timeOrigin + performance.now();
  const panel = await launchPanel({ env, userHome });
  await panel.page.locator(".cfgw-card .cfgw-switch").first().waitFor();
  const painted = await panel.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        requestAnimationFrame(() => {
          setTimeout(() => resolve(performance.timeOrigin + performance.now()));
        });
      }),
  );
  await panel.end();
  return painted - started;
}
