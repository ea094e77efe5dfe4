import { rename, stat, writeFile } from "node:fs/promises";

import { DEMO_ACCOUNT_ID, DEMO_FIELDS, DEMO_GATEWAY } from "../demo/names";
import { PRIVATE_FILE } from "../src/main/disk/testing/posix";
import { test as ownWindow, textOf } from "./fixture";
import { expect, test } from "./shared-window";
import { COMMENTED, COMMENTED_WITH_ANTHROPIC, COMMENTED_WITH_TOKEN } from "./files";

const BROKEN = COMMENTED.replace(`"openai": {`, `"openai": [`);

test.describe("a broken file", () => {
  test.use({ providersText: BROKEN });

  test("shows line and column, locks the switches, stays unchanged and recovers when fixed", async ({
    ui,
    demo,
  }) => {
    const line = BROKEN.slice(0, BROKEN.indexOf(`"openai": [`)).split("\n").length;
    const alert = ui.page.getByRole("alert");
    await expect(alert).toContainText(`line ${line}`);
    await expect(alert).toContainText(/column \d+/);
    for (const each of await ui.page.getByRole("switch").all()) await expect(each).toBeDisabled();
    expect(await textOf(demo)).toBe(BROKEN);

    await writeFile(demo.file, COMMENTED);
    await expect(ui.switchOf("Anthropic")).toBeEnabled();
    await expect(alert).toBeHidden();
  });
});

test.describe("a file edited by other programs", () => {
  test.use({ providersText: COMMENTED });

  test("shows an outside edit immediately, whether in place or by rename", async ({ ui, demo }) => {
    await writeFile(demo.file, COMMENTED_WITH_ANTHROPIC);
    await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);
    await writeFile(`${demo.file}.new`, COMMENTED);
    await rename(`${demo.file}.new`, demo.file);
    await expect(ui.where("Anthropic")).toContainText("Direct to");
  });

  test("keeps typed text and asks which gateway to keep when the file changes", async ({
    ui,
    demo,
  }) => {
    await ui.switchOf("Anthropic").click();
    await ui.fill("Anthropic", { accountId: DEMO_ACCOUNT_ID, gatewayName: "mine" });
    await writeFile(demo.file, COMMENTED_WITH_ANTHROPIC);
    await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);
    await expect(ui.field("Anthropic", "Gateway name")).toHaveValue("mine");
    const hint = ui.details("Anthropic").getByText("The file changed while you were typing");
    await expect(hint).toBeVisible();

    await ui.save("Anthropic").click();
    const keepMine = ui.row("Anthropic").getByRole("button", { name: "Keep mine" });
    await expect(keepMine).toBeVisible();
    await expect(hint).toBeHidden();
    await keepMine.click();
    await expect(ui.where("Anthropic")).toContainText("Through mine");
    await expect
      .poll(() => textOf(demo))
      .toBe(COMMENTED_WITH_ANTHROPIC.replace(`"${DEMO_GATEWAY}"`, `"mine"`));
  });

  test("lets the user go on typing while the file is broken", async ({ ui, demo }) => {
    await ui.open("Anthropic");
    const field = ui.field("Anthropic", "Account ID");
    await field.pressSequentially("0123");
    await writeFile(demo.file, BROKEN);
    await expect(ui.page.getByRole("alert")).toContainText("can’t be read");
    await expect(field).toBeFocused();
    await ui.page.keyboard.type("45");
    await ui.page.keyboard.press("Enter");
    await expect(ui.save("Anthropic")).toBeDisabled();
    expect(await textOf(demo)).toBe(BROKEN);

    await writeFile(demo.file, COMMENTED);
    await expect(ui.save("Anthropic")).toBeEnabled();
    await expect(field).toBeFocused();
    await expect(field).toHaveValue("012345");
  });

  test("is never readable by group or others while it is saved, whatever its mode was", async ({
    ui,
    demo,
  }) => {
    await ui.switchOnWith("Anthropic", DEMO_FIELDS);
    await expect(ui.where("Anthropic")).toContainText("Through");
    await expect.poll(() => textOf(demo)).toBe(COMMENTED_WITH_TOKEN);
    expect((await stat(demo.file)).mode & 0o777).toBe(PRIVATE_FILE);
  });
});

ownWindow.describe("a page that is loading", () => {
  ownWindow.use({ providersText: COMMENTED });

  ownWindow(
    "shows an edit that was made while the page was loading",
    async ({ panel, ui, demo }) => {
      // The page waits for its fonts between its first calls and its first render.
      await panel.page.addInitScript(() => {
        document.fonts.load = () =>
          new Promise((resolve) => {
            const before: unknown = Reflect.get(window, "loadFonts");
            Reflect.set(window, "loadFonts", () => {
              if (typeof before === "function") before();
              resolve([]);
            });
          });
      });
      await panel.page.reload({ waitUntil: "commit" });
      await panel.page.waitForFunction(() => Reflect.has(window, "loadFonts"));
      const pushed = panel.app.evaluate(
        ({ webContents }) =>
          new Promise<void>((resolve) => {
            for (const contents of webContents.getAllWebContents()) {
              const send = contents.send.bind(contents);
              contents.send = (channel: string, ...rest: unknown[]) => {
                send(channel, ...rest);
                resolve();
              };
            }
          }),
      );
      await writeFile(demo.file, COMMENTED_WITH_ANTHROPIC);
      await pushed;
      await panel.page.evaluate(() => {
        const loadFonts: unknown = Reflect.get(window, "loadFonts");
        if (typeof loadFonts === "function") loadFonts();
      });
      await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);
    },
  );
});
