import { DEMO_ACCOUNT_ID, DEMO_FIELDS, DEMO_GATEWAY, DEMO_TOKEN } from "../demo/names";
import { GATEWAY_METHODS } from "../src/shared/contract";
import { test as ownWindow } from "./fixture";
import { COMMENTED } from "./files";
import { loadedChunks } from "../checks/driving/loaded-modules";
import { violationsOn } from "./accessibility";
import { expect, test } from "./shared-window";

test.use({ providersText: COMMENTED });

test.describe("the page", () => {
  test.use({ mayComplain: true });

  test("has no access to Node, Electron or arbitrary messages", async ({ ui }) => {
    const reach = await ui.page.evaluate(() => ({
      require: typeof Reflect.get(window, "require"),
      process: typeof Reflect.get(window, "process"),
      module: typeof Reflect.get(window, "module"),
      api: Object.keys(Reflect.get(window, "cloudflareGateway")).toSorted(),
    }));
    expect(reach).toEqual({
      require: "undefined",
      process: "undefined",
      module: "undefined",
      api: [...GATEWAY_METHODS, "onChange"].toSorted(),
    });
  });

  test("cannot run inline code, use the network, navigate or open a window", async ({
    ui,
    panel,
    demo,
  }) => {
    const before = ui.page.url();
    const outcome = await ui.page.evaluate(async () => {
      const script = document.createElement("script");
      script.textContent = "window.hacked = true";
      document.head.append(script);
      // In one of the page's own tasks, because code from a debugger is exempt from the policy.
      const evaluated = await new Promise<boolean>((resolve) => {
        setTimeout(() => {
          try {
            // oxlint-disable-next-line no-implied-eval -- the policy must block this
            resolve(new Function("return true")());
          } catch {
            resolve(false);
          }
        });
      });
      const fetched = await fetch("https://api.anthropic.com/").then(
        () => true,
        () => false,
      );
      return {
        inline: Reflect.get(window, "hacked") === true,
        evaluated,
        fetched,
        opened: window.open("https://evil.example/") !== null,
      };
    });
    expect(outcome).toEqual({ inline: false, evaluated: false, fetched: false, opened: false });
    await ui.page.evaluate(() => location.assign("https://evil.example/"));
    await expect(ui.switchOf("Anthropic")).toBeVisible();
    expect(ui.page.url()).toBe(before);
    expect(panel.app.windows()).toHaveLength(1);
    expect(demo.requests).toEqual([]);
  });
});

test("returns an error and writes nothing when the input is invalid", async ({ ui }) => {
  const answers = await ui.page.evaluate(async () => {
    const api = Reflect.get(window, "cloudflareGateway");
    return Promise.all([
      api.enable({ provider: "anthropic" }),
      api.enable("anthropic"),
      api.disable({ provider: 7 }),
      api.test({ provider: "anthropic" }),
      api.enable({ provider: "__proto__", accountId: "a", gatewayName: "b" }),
    ]);
  });
  expect(answers.map((answer) => answer.error?.code)).toEqual([
    "input_invalid",
    "input_invalid",
    "input_invalid",
    "input_invalid",
    "provider_unknown",
  ]);
});

ownWindow("loads the AI SDK while the page is idle, without a request", async ({ panel, demo }) => {
  await expect.poll(() => loadedChunks(panel.app)).not.toEqual([]);
  expect(demo.requests).toEqual([]);
});

test("can be used with the keyboard alone", async ({ ui, demo }) => {
  const { page } = ui;
  const focusOn = async (target: ReturnType<typeof ui.switchOf>) => {
    for (let presses = 0; presses < 60; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error("Tab never reached it.");
  };
  await focusOn(ui.switchOf("Anthropic"));
  await page.keyboard.press("Space");
  await expect(ui.row("Anthropic").getByLabel("Account ID")).toBeFocused();
  await page.keyboard.type(DEMO_ACCOUNT_ID);
  await page.keyboard.press("Tab");
  await expect(ui.row("Anthropic").getByLabel("Gateway name")).toBeFocused();
  await page.keyboard.type(DEMO_GATEWAY);
  await page.keyboard.press("Tab");
  await expect(ui.row("Anthropic").getByLabel("Gateway token")).toBeFocused();
  await page.keyboard.type(DEMO_TOKEN);
  await page.keyboard.press("Enter");
  await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);

  await focusOn(ui.row("OpenAI").getByRole("button", { name: "Test OpenAI" }));
  await page.keyboard.press("Enter");
  await expect(ui.verdict("OpenAI")).toHaveText("Went straight to api.openai.com");
  expect(demo.requests).toHaveLength(1);
});

test("has no accessibility violations when collapsed, expanded or with reports", async ({ ui }) => {
  const violations = async (colorScheme: "dark" | "light") => {
    await ui.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    return violationsOn(ui.page);
  };
  expect(await violations("light")).toEqual([]);
  await ui.switchOnWith("DeepSeek", DEMO_FIELDS);
  await expect(ui.where("DeepSeek")).toContainText("Through");
  await ui.test("DeepSeek");
  await ui.test("Anthropic");
  await ui.open("Anthropic");
  await ui.open("DeepSeek");
  expect(await violations("dark")).toEqual([]);
  await ui.page.setViewportSize({ width: 375, height: 800 });
  expect(await violations("light")).toEqual([]);
  const overflow = await ui.page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  expect(overflow).toBe(false);
});
