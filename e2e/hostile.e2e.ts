/** Tests that hostile text in the window and on the clipboard is only text. */
import { COMMENTED } from "./files";
import { expect, test } from "./shared-window";

const MARKUP = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><a href="javascript:window.hacked=1">x</a>`;
/** Short enough to be shown whole. */
const NAME = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;
const ACTING = "\u001b[2J\u001b]0;title\u0007 \u202egnp.exe\u202c \u2066x";
/** Terminal control characters and direction marks, except tab and line feed. */
const ACTS = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/u;

const NAMED = COMMENTED.replace(
  `"google": {`,
  `"stranger": {
    "providerType": "openai-compatible",
    "displayName": ${JSON.stringify(NAME)},
    "baseUrl": "https://api.mistral.ai/v1",
    "apiKey": "none",
  },
  "google": {`,
);

test.use({ providersText: NAMED });

for (const [kind, type, body] of [
  ["an error", "application/json", JSON.stringify({ error: { message: `${MARKUP} ${ACTING}` } })],
  ["a page", "text/html", `<html><body>${MARKUP}${ACTING}</body></html>`],
] as const) {
  test(`shows ${kind} with scripts, terminal escapes and direction marks as text`, async ({
    ui,
    demo,
  }) => {
    demo.providers.once({ kind: "answer", status: 403, headers: { "content-type": type }, body });
    const report = await ui.test("OpenAI");
    await report.getByRole("button", { name: "Details" }).click();
    await expect(report).toContainText(`<img src=x onerror=`);
    await expect(report).toContainText("␛[2J");
    await expect(report).toContainText("[U+202E]gnp.exe");
    expect(await report.innerText()).not.toMatch(ACTS);
    const made = report.locator('img, script, iframe, a[href^="javascript"]');
    await expect(made).toHaveCount(0);
    for (const name of ["Copy as cURL", "Copy report"]) {
      expect(await ui.copied(report.getByRole("button", { name }))).not.toMatch(ACTS);
    }
    expect(await ui.page.evaluate(() => Reflect.has(window, "hacked"))).toBe(false);
  });
}

test("shows a provider's name as text, whatever its characters", async ({ ui }) => {
  expect(await ui.names()).toContain(NAME);
  await expect(ui.page.locator(".cfgw-card img, .cfgw-card script")).toHaveCount(0);
  expect(await ui.page.evaluate(() => Reflect.has(window, "hacked"))).toBe(false);
});
