/** Tests access to the main process: the preload's calls, other channels, frames and destroyed windows. */
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runInNewContext } from "node:vm";

import { DEMO_ACCOUNT_ID, DEMO_FIELDS, DEMO_GATEWAY } from "../demo/names";
import { ROOT } from "../scripts/runtime";
import { CHANGE_CHANNEL, channelOf, GATEWAY_METHODS } from "../src/shared/contract";
import { COMMENTED } from "./files";
import { test as ownWindow, textOf } from "./fixture";
import { expect, test } from "./shared-window";

const PRELOAD = join(ROOT, "out/preload/index.cjs");

test.use({ providersText: COMMENTED, mayComplain: true });

test.describe("the built preload", () => {
  type Listener = (event: unknown, view: unknown) => void;

  /** Runs the preload on a fake Electron that records the calls. */
  function run() {
    const exposed = new Map<string, Record<string, (...given: unknown[]) => unknown>>();
    const invoked: (readonly [channel: string, given: readonly unknown[]])[] = [];
    const listeners = new Map<string, Listener>();
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name: string, api: Record<string, () => unknown>) =>
          void exposed.set(name, api),
      },
      ipcRenderer: {
        invoke: (channel: string, ...given: unknown[]) => {
          invoked.push([channel, given]);
          return Promise.resolve();
        },
        on: (channel: string, listener: Listener) => void listeners.set(channel, listener),
        off: (channel: string) => void listeners.delete(channel),
      },
    };
    runInNewContext(readFileSync(PRELOAD, "utf8"), {
      require: (name: string) => {
        if (name !== "electron") throw new Error(`It requires ${name}.`);
        return electron;
      },
      module: { exports: {} },
      exports: {},
    });
    return { exposed, invoked, listeners };
  }

  test("offers only the contract's calls and channels", () => {
    const { exposed, invoked, listeners } = run();
    expect([...exposed.keys()]).toEqual(["cloudflareGateway"]);
    const api = exposed.get("cloudflareGateway") ?? {};
    expect(Object.keys(api)).toEqual([...GATEWAY_METHODS, "onChange"]);
    for (const [name, call] of Object.entries(api)) {
      if (name === "onChange") continue;
      // Attempts of a page: another channel, several inputs, a different `this`.
      call("app:quit", { channel: "app:quit" }, "more");
      Reflect.apply(call, { channel: "app:quit" }, [undefined, "app:quit"]);
    }
    const channels = GATEWAY_METHODS.map(channelOf).flatMap((channel) => [channel, channel]);
    expect(invoked.map(([channel]) => channel).toSorted()).toEqual(channels.toSorted());
    expect(invoked.filter(([, given]) => given.length !== 1)).toEqual([]);
    expect([...listeners.keys()]).toEqual([CHANGE_CHANNEL]);
  });

  test("sends the first calls before the page asks, and only once", () => {
    const { exposed, invoked } = run();
    const first = ["providers", "tests"] as const;
    expect(invoked.map(([channel]) => channel)).toEqual(first.map(channelOf));
    const api = exposed.get("cloudflareGateway") ?? {};
    for (const method of first) api[method]?.();
    expect(invoked).toHaveLength(2);
    for (const method of first) api[method]?.();
    expect(invoked).toHaveLength(4);
  });

  test("passes a change that arrived before the page listens", () => {
    const { exposed, listeners } = run();
    for (const view of ["an older view", "the view"]) {
      listeners.get(CHANGE_CHANNEL)?.({ sender: "the sender" }, view);
    }
    const onChange = exposed.get("cloudflareGateway")?.["onChange"];
    const heard: unknown[][] = [];
    onChange?.((...given: unknown[]) => heard.push(given));
    onChange?.((...given: unknown[]) => heard.push(given));
    expect(heard).toEqual([["the view"]]);
  });

  test("passes a change to the page without the event, which contains the sender", () => {
    const { exposed, listeners } = run();
    const heard: unknown[][] = [];
    const stop = exposed
      .get("cloudflareGateway")
      ?.["onChange"]?.((...given: unknown[]) => heard.push(given));
    expect([...listeners.keys()]).toEqual([CHANGE_CHANNEL]);
    listeners.get(CHANGE_CHANNEL)?.({ sender: "the sender" }, "the view");
    expect(heard).toEqual([["the view"]]);
    if (typeof stop === "function") stop();
    expect([...listeners.keys()]).toEqual([]);
  });
});

test("refuses the contract's channels and has no others when a preload calls every channel", async ({
  panel,
  demo,
  window: { userHome },
}) => {
  const preload = join(userHome, "evil-preload.cjs");
  await writeFile(
    preload,
    `const { contextBridge, ipcRenderer } = require("electron");
     contextBridge.exposeInMainWorld("evil", {
       invoke: (channel, input) => ipcRenderer.invoke(channel, input).then(JSON.stringify, String),
       send: (channel, input) => ipcRenderer.send(channel, input),
     });`,
  );
  const listed = GATEWAY_METHODS.map(channelOf);
  const unlisted = [
    ...GATEWAY_METHODS,
    ...GATEWAY_METHODS.map((method) => `${channelOf(method)} `),
    ...GATEWAY_METHODS.map((method) => channelOf(method).toUpperCase()),
    ..."cloudflare-gateway: cloudflare-gateway:constructor cloudflare-gateway:__proto__".split(" "),
    ..."__proto__ constructor toString app:quit ELECTRON_BROWSER_REQUIRE".split(" "),
    CHANGE_CHANNEL,
    "",
    ...Array.from({ length: 200 }, (_, index) => `cloudflare-gateway:${index.toString(36)}`),
  ];
  const answers = await panel.app.evaluate(
    async ({ BrowserWindow }, { path, channels, input }) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { preload: path, sandbox: true },
      });
      await window.loadURL("about:blank");
      const all: unknown = await window.webContents.executeJavaScript(
        `(async () => {
           const answers = [];
           for (const channel of ${JSON.stringify(channels)}) {
             evil.send(channel, ${JSON.stringify(input)});
             answers.push(await evil.invoke(channel, ${JSON.stringify(input)}));
           }
           return answers;
         })()`,
      );
      window.destroy();
      return Array.isArray(all) ? all.map(String) : [];
    },
    {
      path: preload,
      channels: [...listed, ...unlisted],
      input: { provider: "anthropic", accountId: DEMO_ACCOUNT_ID, gatewayName: DEMO_GATEWAY },
    },
  );
  expect(answers).toHaveLength(listed.length + unlisted.length);
  for (const answer of answers.slice(0, listed.length))
    expect(answer).toContain("sender_untrusted");
  for (const answer of answers.slice(listed.length))
    expect(answer).toContain("No handler registered");
  expect(await textOf(demo)).toBe(COMMENTED);
});

test("keeps working when another window is destroyed during its calls", async ({
  panel,
  ui,
  demo,
}) => {
  demo.providers.once({ kind: "hang" });
  const arrived = demo.nextRequest();
  await panel.app.evaluate(async ({ BrowserWindow }, path) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { preload: path, sandbox: true, contextIsolation: true },
    });
    Reflect.set(globalThis, "secondWindow", window);
    await window.loadURL("app://mux-settings/index.html");
    // Calls that never return, and many others in progress.
    await window.webContents.executeJavaScript(
      `void window.cloudflareGateway.test({ provider: "anthropic", run: "destroyed" });
       for (let i = 0; i < 100; i += 1) void window.cloudflareGateway.providers();
       void 0;`,
    );
  }, PRELOAD);
  await arrived;
  await panel.app.evaluate(() => {
    const window: unknown = Reflect.get(globalThis, "secondWindow");
    if (typeof window === "object" && window !== null) Reflect.get(window, "destroy").call(window);
  });
  // When the first window receives a change, the second one would have received it too.
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);
  await writeFile(demo.file, COMMENTED);
  await expect(ui.where("Anthropic")).toContainText("Direct to");
  await ui.test("OpenAI");
  expect(panel.log().join("\n")).not.toMatch(/destroyed|unexpected error|Unhandled|TypeError/i);
});

// It removes the page's policy for as long as its window is open.
ownWindow(
  "blocks navigation of frames, even when the page has no policy",
  async ({ ui, panel }) => {
    await panel.app.evaluate(({ session }) => {
      session.defaultSession.webRequest.onHeadersReceived(({ responseHeaders }, answer) => {
        const kept = Object.entries(responseHeaders ?? {}).filter(
          ([name]) => name.toLowerCase() !== "content-security-policy",
        );
        answer({ responseHeaders: Object.fromEntries(kept) });
      });
    });
    await ui.page.reload();
    await ui.ready();
    await panel.app.evaluate(({ BrowserWindow }) => {
      const asked: boolean[] = [];
      Reflect.set(globalThis, "framesRefused", asked);
      BrowserWindow.getAllWindows()[0]?.webContents.on("will-frame-navigate", (event) => {
        if (!event.isMainFrame) asked.push(event.defaultPrevented);
      });
    });
    await ui.page.evaluate(() => {
      const frame = document.createElement("iframe");
      // The page cannot be framed at all.
      frame.src = "index.html?inside";
      document.body.append(frame);
    });
    await expect
      .poll(() => panel.app.evaluate(() => Reflect.get(globalThis, "framesRefused")))
      .toEqual([true]);
    expect(
      await ui.page.evaluate(() => {
        const inside = document.querySelector("iframe")?.contentDocument;
        return [inside?.URL, inside?.body.innerHTML];
      }),
    ).toEqual(["about:blank", ""]);
  },
);
