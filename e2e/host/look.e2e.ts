import type { Page } from "playwright";

import { DEMO_FIELDS } from "../../demo/names";
import type { PanelPage } from "../../checks/driving/panel-page";
import { violationsOn } from "../accessibility";
import { expect, test } from "./host-fixture";

const THEMES = ["light", "dark", "flexoki-light", "flexoki-dark"] as const;

/** Part of the section → mux's variable for its colour. */
const FOLLOWS = [
  [".cfgw", "color", "--color-foreground"],
  [".cfgw-card", "backgroundColor", "--color-background-secondary"],
  [".cfgw-card", "borderTopColor", "--color-border-medium"],
  [".cfgw-form input", "backgroundColor", "--color-input-bg"],
  [".cfgw-form input", "color", "--color-input-text"],
  [".cfgw-primary", "backgroundColor", "--color-accent"],
  [".cfgw-primary", "color", "--color-accent-foreground"],
  [".cfgw-switch[data-state=checked]", "backgroundColor", "--color-accent"],
  [".cfgw", "fontFamily", "--font-primary"],
] as const;

/** Each part's computed colour, with its variable's value. */
function drawn(page: Page) {
  return page.evaluate((follows) => {
    const probe = document.body.appendChild(document.createElement("i"));
    const values = follows.map(([selector, property, variable]) => {
      const part = document.querySelector(selector);
      if (part === null) throw new Error(`${selector} is not there.`);
      const kind = property === "fontFamily" ? "font-family" : "color";
      probe.style.setProperty(kind, `var(${variable})`);
      const wanted = getComputedStyle(probe).getPropertyValue(kind);
      return { selector, is: getComputedStyle(part)[property], wanted };
    });
    probe.remove();
    return values;
  }, FOLLOWS);
}

async function setTheme(page: Page, theme: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate((name) => {
    document.documentElement.dataset["theme"] = name;
  }, theme);
}

/** Shows routed and direct rows, a form, a successful and a failed report. */
async function fill(ui: PanelPage): Promise<void> {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await expect(ui.where("Anthropic")).toContainText("Through");
  await ui.test("Anthropic");
  await ui.test("DeepSeek");
  await ui.open("OpenAI");
  await ui.fill("OpenAI", { accountId: "not an account" });
  await ui.save("OpenAI").click();
}

test("uses the colours of each mux theme immediately, with enough contrast", async ({
  ui,
  page,
}) => {
  await fill(ui);
  // Rows outside the viewport are not rendered, so axe cannot check them.
  await page.setViewportSize({ width: 1000, height: 3200 });
  const looks = new Set<string>();
  for (const theme of THEMES) {
    await setTheme(page, theme);
    const parts = await drawn(page);
    for (const { selector, is, wanted } of parts) expect(is, `${selector} ${theme}`).toBe(wanted);
    looks.add(JSON.stringify(parts));
    // Only the colours differ between the themes.
    const rules = theme === THEMES[0] ? {} : { rules: ["color-contrast"] };
    expect(await violationsOn(page, { part: ".cfgw", ...rules }), theme).toEqual([]);
  }
  expect(looks.size).toBe(THEMES.length);
});

test("shows the focus even when the host removes every outline", async ({ ui, page }) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await expect(ui.where("Anthropic")).toContainText("Through");
  const hostsButton = page.getByRole("button", { name: "Close" });
  await hostsButton.focus();
  const seen: string[] = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element.closest(".cfgw") === null) return null;
      const rings = ["", "::after"].map((part) => getComputedStyle(element, part));
      const ring = rings.find(
        ({ outlineStyle, outlineWidth }) =>
          outlineStyle === "solid" && parseFloat(outlineWidth) >= 2,
      );
      const name = element.getAttribute("aria-label") ?? element.textContent;
      return { name: `${element.tagName} ${name}`, ring: ring?.outlineColor ?? null };
    });
    if (focused === null) break;
    expect(focused.ring, focused.name).not.toBeNull();
    seen.push(focused.name);
  }
  // The tab order included links, switches, tests, names, fields and form buttons.
  expect(seen.filter((name) => /^(?:INPUT|SELECT)/.test(name)).length).toBeGreaterThanOrEqual(3);
  expect(seen.filter((name) => name.startsWith("BUTTON")).length).toBeGreaterThanOrEqual(20);
  expect(seen.some((name) => name.startsWith("A "))).toBe(true);
  // The host's own button shows that its rule applies.
  await hostsButton.focus();
  expect(await hostsButton.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe(
    "none",
  );
});
