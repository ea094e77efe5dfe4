import { DEMO_ACCOUNT_ID, DEMO_GATEWAY } from "../../demo/names";
import { COMMENTED_WITH_ANTHROPIC } from "../files";
import { textOf } from "../fixture";
import { expect, test } from "./host-fixture";

const MY_GATEWAY = { accountId: DEMO_ACCOUNT_ID, gatewayName: DEMO_GATEWAY };

for (const transport of ["ipc", "http"] as const) {
  test.describe(`over ${transport}`, () => {
    test.use({ transport });

    test("lists, switches on, and shows where a test really went", async ({ ui, page, demo }) => {
      await expect(page.locator("html")).toHaveAttribute("data-react", /^18\./);
      await ui.switchOnWith("Anthropic", MY_GATEWAY);
      await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);
      await expect.poll(() => textOf(demo)).toBe(COMMENTED_WITH_ANTHROPIC);
      await ui.test("Anthropic");
      await expect(ui.verdict("Anthropic")).toHaveText(
        `Went through Cloudflare AI Gateway ${DEMO_GATEWAY}`,
      );
    });
  });
}
