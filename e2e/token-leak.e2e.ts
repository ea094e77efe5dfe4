/** Tests the token leak when mux's own page clears a mirrored base URL: it is shown and can be fixed. */
import { writeFile } from "node:fs/promises";

import { DEMO_ACCOUNT_ID, DEMO_LOCKED_GATEWAY, DEMO_TOKEN } from "../demo/names";
import { COMMENTED } from "./files";
import { test as ownWindow, textOf } from "./fixture";
import { expect, test } from "./shared-window";

const LEAK = "mux sends a gateway token to another host";
const ADDRESS = /"baseUrl": "https:\/\/gateway\.ai\.cloudflare\.com[^"]*",?\s*/;

test.use({ providersText: COMMENTED, mirror: true });

// In a shared window, the row could show a result of another test.
ownWindow(
  "shows a token leak in red, refuses tests and fixes it with one click",
  async ({ ui, demo }) => {
    await ui.switchOnWith("Anthropic", {
      accountId: DEMO_ACCOUNT_ID,
      gatewayName: DEMO_LOCKED_GATEWAY,
      token: DEMO_TOKEN,
    });
    await expect.poll(() => textOf(demo)).toMatch(ADDRESS);
    await ui.test("Anthropic");
    await expect(ui.verdict("Anthropic")).toHaveText(/^Went through Cloudflare AI Gateway/);
    const requests = demo.requests.length;

    await writeFile(demo.file, (await textOf(demo)).replace(ADDRESS, ""));
    const alert = ui.page.getByRole("alert").filter({ hasText: LEAK });
    await expect(alert).toContainText(
      "The next Anthropic chat sends its token to api.anthropic.com",
    );
    await expect(ui.where("Anthropic")).toHaveText("Gateway token goes to api.anthropic.com");
    await expect(ui.badge("Anthropic")).toContainText("Not tested");
    const report = await ui.test("Anthropic");
    await expect(report).toContainText("to api.anthropic.com. Stop that first");
    expect(demo.requests).toHaveLength(requests);

    await alert.getByRole("button", { name: "Restore the gateway’s URL" }).click();
    await expect(alert).toHaveCount(0);
    await expect.poll(() => textOf(demo)).toMatch(ADDRESS);
    await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_LOCKED_GATEWAY}`);
    await ui.test("Anthropic");
    await expect(ui.verdict("Anthropic")).toHaveText(/^Went through Cloudflare AI Gateway/);
  },
);

test.describe("without a gateway", () => {
  test.use({
    providersText: `{
  "anthropic": { "apiKey": "k", "headers": { "cf-aig-authorization": "Bearer ${DEMO_TOKEN}" } },
  "openai": { "apiKey": "k", "headers": { "cf-aig-authorization": "Bearer ${DEMO_TOKEN}", "x-team": "a" } }
}
`,
  });

  test("removes all leaked tokens with one click, and one Undo restores them", async ({
    ui,
    demo,
  }) => {
    const before = await textOf(demo);
    await ui.page.getByRole("button", { name: "Fix all 2" }).click();
    await expect.poll(() => textOf(demo)).toBe(`{
  "anthropic": { "apiKey": "k" },
  "openai": { "apiKey": "k", "headers": { "x-team": "a" } }
}
`);
    await expect(ui.page.getByText(LEAK)).toHaveCount(0);
    await ui.page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => textOf(demo)).toBe(before);
    await expect(ui.page.getByText(LEAK)).toHaveCount(1);
  });
});
