/** Tests that the page's layout stays stable. */
import type { Page } from "playwright";

import { DEMO_FIELDS, DEMO_GATEWAY } from "../demo/names";
import { expect, test } from "./shared-window";

// With the mirror, mux takes the route of the settings, so a test is about the gateway.
test.use({ mirror: true });

/** The top position of a row, in pixels. */
async function topOf(page: Page, name: string): Promise<number> {
  const box = await page.getByRole("listitem", { name, exact: true }).boundingBox();
  if (box === null) throw new Error(`${name} is not on the page.`);
  return box.y;
}

test("does not shift its layout while it opens", async ({ panel, ui }) => {
  await expect(ui.page.locator(".cfgw-footer")).toBeVisible();
  const shifts = await panel.page.evaluate(
    () =>
      new Promise<unknown>((resolve) => {
        const seen: unknown[] = [];
        // Those since the page's start, too.
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) seen.push(entry.toJSON());
        }).observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => {
          requestAnimationFrame(() => resolve(seen));
        });
      }),
  );
  expect(shifts).toEqual([]);
});

test("keeps the rows below in place while a switch is saved", async ({ panel, ui }) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await ui.trigger("Anthropic").click();
  const before = await topOf(panel.page, "Google");
  await ui.switchOf("OpenAI").click();
  await expect(ui.where("OpenAI")).toContainText(`Through ${DEMO_GATEWAY}`);
  expect(await topOf(panel.page, "Google")).toBe(before);
});

test("keeps the rows below a test in place when its result arrives", async ({
  panel,
  ui,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await ui.trigger("Anthropic").click();
  const arrived = demo.nextRequest();
  demo.cloudflare.once({ kind: "delay", milliseconds: 700 });
  const tested = ui.test("Anthropic");
  await arrived;
  await expect(ui.row("Anthropic").getByRole("button", { name: /^Stop/ })).toBeVisible();
  const during = await topOf(panel.page, "OpenAI");
  await tested;
  expect(await topOf(panel.page, "OpenAI")).toBe(during);
});

test("keeps the rows below in place when the first test of a provider fails", async ({
  panel,
  ui,
  demo,
}) => {
  demo.providers.once({ kind: "delay", milliseconds: 700 });
  const arrived = demo.nextRequest();
  const tested = ui.test("DeepSeek");
  await arrived;
  await expect(ui.details("DeepSeek").getByText("Testing DeepSeek")).toBeVisible();
  const height = async () =>
    (await topOf(panel.page, "Moonshot AI")) - (await topOf(panel.page, "DeepSeek"));
  const during = await height();
  await tested;
  await expect(ui.report("DeepSeek").locator(".cfgw-cause")).toBeVisible();
  expect(await height()).toBe(during);
});

test("keeps the rows below in place while a failed provider is tested again", async ({
  panel,
  ui,
  demo,
}) => {
  await ui.test("DeepSeek");
  // A click in the report makes the panel as high as its content again.
  await ui.report("DeepSeek").locator(".cfgw-cause").click();
  const before = await topOf(panel.page, "Moonshot AI");
  demo.providers.once({ kind: "delay", milliseconds: 700 });
  const arrived = demo.nextRequest();
  const tested = ui.test("DeepSeek");
  await arrived;
  await expect(ui.details("DeepSeek").getByText("Testing DeepSeek")).toBeVisible();
  expect(await topOf(panel.page, "Moonshot AI")).toBe(before);
  await tested;
});
