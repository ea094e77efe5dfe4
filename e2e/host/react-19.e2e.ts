import { DEMO_FIELDS, DEMO_GATEWAY } from "../../demo/names";
import { COMMENTED_WITH_TOKEN } from "../files";
import { textOf } from "../fixture";
import { expect, test } from "./host-fixture";

test.use({ react: "19" });

test("works with React 19", async ({ ui, page, demo }) => {
  await expect(page.locator("html")).toHaveAttribute("data-react", /^19\./);
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);
  await expect.poll(() => textOf(demo)).toBe(COMMENTED_WITH_TOKEN);
});
