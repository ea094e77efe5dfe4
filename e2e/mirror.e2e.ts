import {
  DEMO_ACCOUNT_ID,
  DEMO_FIELDS,
  DEMO_GATEWAY,
  DEMO_LOCKED_GATEWAY,
  DEMO_TOKEN,
} from "../demo/names";
import { textOf } from "./fixture";
import { expect, test } from "./shared-window";
import { COMMENTED } from "./files";

const BASE_URL = `"baseUrl": "https://gateway.ai.cloudflare.com/v1/${DEMO_ACCOUNT_ID}/${DEMO_GATEWAY}/anthropic/v1"`;

test.use({ providersText: COMMENTED, mirror: true });

test("routes a mux without gateway support the same way by default, and restores everything when off", async ({
  ui,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await expect.poll(() => textOf(demo)).toContain(BASE_URL);
  await ui.test("Anthropic");
  await expect(ui.verdict("Anthropic")).toHaveText(/^Went through Cloudflare AI Gateway/);

  await ui.switchOf("Anthropic").click();
  await expect.poll(() => textOf(demo)).not.toContain('"baseUrl"');
  await ui.test("Anthropic");
  await expect(ui.verdict("Anthropic")).toHaveText("Went straight to api.anthropic.com");
  await ui.page.keyboard.press("Control+z");
  await expect.poll(() => textOf(demo)).toContain(BASE_URL);
  await ui.page.keyboard.press("Control+z");
  await expect.poll(() => textOf(demo)).toBe(COMMENTED);
});

test("mirrors a token as the gateway's header and removes it when turned off", async ({
  ui,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", {
    accountId: DEMO_ACCOUNT_ID,
    gatewayName: DEMO_LOCKED_GATEWAY,
    token: DEMO_TOKEN,
  });
  await expect.poll(() => textOf(demo)).toContain(`"cf-aig-authorization": "Bearer ${DEMO_TOKEN}"`);
  await ui.switchOf("Anthropic").click();
  await expect.poll(() => textOf(demo)).not.toContain("cf-aig-authorization");
  await ui.test("Anthropic");
  const names = Object.keys(demo.requests.at(-1)?.headers ?? {});
  expect(names.filter((name) => name.startsWith("cf-aig-"))).toEqual([]);
});
