/** Tests the imitation with Playwright's unmodified `_electron.launch`: window, worlds, messages, policy. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { _electron, type ElectronApplication, type Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

const ELECTRON = join(import.meta.dirname, "electron");
const APP = join(import.meta.dirname, "fixtures/app");

interface Seen {
  readonly navigations: string[];
  readonly opened: string[];
  readonly requests: string[];
  readonly sends: unknown[][];
}

/** The API exposed by the fixture's preload. */
interface Fixture {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  send(channel: string, ...args: unknown[]): void;
  onMessage(channel: string, listener: (...args: unknown[]) => void): () => void;
  echoEveryKind(): Promise<
    [
      undefined,
      null,
      Date,
      Map<string, bigint>,
      Set<number>,
      Record<string, unknown>,
      Uint8Array,
      number,
      Error,
    ]
  >;
  same<Value>(value: Value): Value;
  later(value: unknown): Promise<unknown>;
  fail(): void;
  failLater(): Promise<void>;
  call(callback: (...args: unknown[]) => unknown, ...args: unknown[]): unknown;
  instance(): { readonly label: string };
  readonly nested: { readonly list: unknown[] };
  readonly process: unknown[];
  tryTo(what: string): string;
}

declare const fixture: Fixture;

let home: string;
let app: ElectronApplication;
let page: Page;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "chromium-electron-test-"));
  app = await _electron.launch({
    executablePath: ELECTRON,
    args: [APP, `--user-data-dir=${home}`],
  });
  page = await app.firstWindow();
  await page.waitForFunction(() => Reflect.has(globalThis, "moduleRan"));
});

afterAll(async () => {
  await app.close();
  await rm(home, { recursive: true, maxRetries: 10 });
});

/** The events recorded by the fixture's main process. */
function seen(): Promise<Seen> {
  return app.evaluate(() => Reflect.get(globalThis, "seen"));
}

test("lets Playwright find the window, its size and its BrowserWindow", async () => {
  const window = await app.browserWindow(page);

  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([700, 500]);
  expect(await window.evaluate((found) => found.webContents.getURL())).toBe(
    "app://panel/index.html?first#top",
  );
});

test("gives the main process Electron's names and its own arguments", async () => {
  const facts = await app.evaluate(() => ({
    argv: process.argv.slice(-2),
    electron: typeof process.versions["electron"],
    type: process.type,
  }));

  expect(facts).toEqual({
    argv: [APP, `--user-data-dir=${home}`],
    electron: "string",
    type: "browser",
  });
});

test("reads the app's name, version and directory from package.json", async () => {
  expect(
    await app.evaluate((electron) => [
      electron.app.getName(),
      electron.app.getVersion(),
      electron.app.getAppPath(),
      electron.app.getPath("userData"),
    ]),
  ).toEqual(["fixture", "1.2.3", APP, home]);
});

test("loads modules and styles of the app's scheme after the preload", async () => {
  expect(await page.evaluate(() => Reflect.get(globalThis, "apiAtStart"))).toBe("object");
  expect(await page.locator("h1").evaluate((title) => getComputedStyle(title).color)).toBe(
    "rgb(1, 2, 3)",
  );
  expect((await seen()).requests).toEqual([
    "app://panel/index.html?first#top",
    "app://panel/style.css",
    "app://panel/page.js",
  ]);
});

test("applies the response's Content-Security-Policy", async () => {
  expect(await page.evaluate(() => Reflect.has(globalThis, "inlineRan"))).toBe(false);
  expect(await page.evaluate(() => fetch("https://example.com/").then(String, String))).toContain(
    "TypeError",
  );
});

test("makes the page a secure context without network requests", async () => {
  expect(await page.evaluate(() => isSecureContext)).toBe(true);
  expect(await page.evaluate(() => Notification.permission)).toBe("denied");
});

test("shows the page only the exposed API, not ipcRenderer or its channel", async () => {
  const strange = await page.evaluate(() => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const usual = new Set(Reflect.ownKeys(frame.contentWindow ?? {}));
    frame.remove();
    // A global added to every frame cannot be found by comparison; it would have a random name.
    const isRandom = (name: string) => /[\da-f]{16}/.test(name);
    return Reflect.ownKeys(globalThis)
      .map(String)
      .filter((name) => !usual.has(name) || isRandom(name))
      .filter((name) => !/^(?:\d+|inner|outer)/.test(name));
  });

  expect(strange.toSorted()).toEqual(["apiAtStart", "fixture", "moduleRan"]);
  expect(
    await page.evaluate(() =>
      ["require", "process", "ipcRenderer"].filter((name) => name in globalThis),
    ),
  ).toEqual([]);
});

test("freezes the exposed API deeply and prevents its replacement", async () => {
  expect(
    await page.evaluate(() => [
      Object.isFrozen(fixture),
      Object.isFrozen(fixture.nested.list[1]),
      Reflect.set(globalThis, "fixture", 1),
      Reflect.deleteProperty(globalThis, "fixture"),
    ]),
  ).toEqual([true, true, false, false]);
});

test("gives the preload the sandbox's process and require", async () => {
  expect(await page.evaluate(() => [fixture.process, fixture.tryTo("requireFs")])).toEqual([
    [process.platform, true, true, "renderer"],
    "module not found: node:fs",
  ]);
});

test("copies values across the bridge without their prototypes", async () => {
  expect(
    await page.evaluate(() => {
      const sent = { list: [1, { two: 2 }], when: new Date(5), map: new Map([["a", 1]]) };
      const back = fixture.same(sent);
      const instance = fixture.instance();
      return [
        back === sent,
        JSON.stringify(back.list),
        back.when.getTime(),
        back.map.get("a"),
        instance.label,
        Object.getPrototypeOf(instance) === Object.prototype,
      ];
    }),
  ).toEqual([false, '[1,{"two":2}]', 5, 1, "own", true]);
});

test("preserves cycles across the bridge", async () => {
  expect(
    await page.evaluate(() => {
      const cyclic: Record<string, unknown> = {};
      cyclic["self"] = cyclic;
      const back = fixture.same(cyclic);
      return back["self"] === back;
    }),
  ).toBe(true);
});

test("passes functions across the bridge as synchronous proxies in both directions", async () => {
  expect(
    await page.evaluate(() => {
      const own = () => 1;
      return [fixture.call((a, b) => Number(a) + Number(b), 2, 3), fixture.same(own) === own];
    }),
  ).toEqual([5, true]);
});

test("settles promises across the bridge", async () => {
  expect(
    await page.evaluate(async () => [
      await fixture.later({ late: true }),
      await fixture.failLater().catch((error: unknown) => String(error)),
    ]),
  ).toEqual([{ late: true }, "Error: too far"]);
});

test("keeps only the message of an error thrown across the bridge", async () => {
  expect(
    await page.evaluate(() => {
      try {
        fixture.fail();
        return [];
      } catch (error) {
        return [error instanceof Error, String(error)];
      }
    }),
  ).toEqual([true, "Error: too far"]);
});

test("refuses an existing name and a symbol", async () => {
  expect(
    await page.evaluate(() => [fixture.tryTo("exposeAgain"), fixture.tryTo("exposeSymbol")]),
  ).toEqual([
    "Cannot bind an API on top of an existing property on the window object",
    "An object could not be cloned.",
  ]);
});

test("gives the page only copies when it replaced built-ins", async () => {
  expect(
    await page.evaluate(() => {
      const caught: unknown[] = [];
      const original =
        Object.getOwnPropertyDescriptor(EventTarget.prototype, "dispatchEvent") ?? {};
      EventTarget.prototype.dispatchEvent = function spy(event) {
        caught.push(this);
        return Reflect.apply(original.value, this, [event]);
      };
      fixture.same({ secret: true });
      Object.defineProperty(EventTarget.prototype, "dispatchEvent", original);
      return caught.length;
    }),
  ).toBe(0);
});

test("passes every kind of value through invoke and back", async () => {
  expect(
    await page.evaluate(async () => {
      const [nothing, empty, date, map, set, cyclic, bytes, zero, error] =
        await fixture.echoEveryKind();
      return [
        nothing === undefined,
        empty === null,
        date.getTime(),
        map.get("a") === 1n,
        set.has(Number.NaN),
        cyclic["self"] === cyclic,
        [...bytes],
        Object.is(zero, -0),
        String(error),
      ];
    }),
  ).toEqual([true, true, 0, true, true, true, [1, 2, 255], true, "Error: too far"]);
});

test("gives a handler the calling frame", async () => {
  expect(await page.evaluate(() => fixture.invoke("where"))).toEqual({
    url: "app://panel/index.html?first#top",
    origin: "app://panel",
    isMainFrame: true,
  });
});

test.each([
  ["throw", "TypeError: no such thing"],
  ["nobody", "Error: No handler registered for 'nobody'"],
  ["function", "Error: An object could not be cloned."],
])("rejects with Electron's message when %s is invoked", async (channel, told) => {
  expect(
    await page.evaluate(
      (name) => fixture.invoke(name).catch((error: unknown) => String(error)),
      channel,
    ),
  ).toBe(`Error: Error invoking remote method '${channel}': ${told}`);
});

test("delivers send, and refuses uncloneable values and missing members in the preload", async () => {
  expect(
    await page.evaluate(() => {
      fixture.send("note", 1, new Date(0));
      return [fixture.tryTo("sendFunction"), fixture.tryTo("sendSync")];
    }),
  ).toEqual([
    "An object could not be cloned.",
    expect.stringContaining("does not imitate ipcRenderer.sendSync"),
  ]);
  await expect.poll(async () => (await seen()).sends.length).toBe(1);
});

test("delivers webContents.send until the listener is removed", async () => {
  const send = (value: number) =>
    app.evaluate(({ BrowserWindow }, sent) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send("news", sent);
    }, value);
  await page.evaluate(() => {
    const heard: unknown[] = [];
    const stop = fixture.onMessage("news", (value) => heard.push(value));
    Object.assign(globalThis, { heard, stop });
  });

  await send(1);
  await page.waitForFunction(() => Reflect.get(globalThis, "heard").length === 1);
  await page.evaluate(() => Reflect.get(globalThis, "stop")());
  await send(2);
  await page.evaluate(() => fixture.invoke("echo"));

  expect(await page.evaluate(() => Reflect.get(globalThis, "heard"))).toEqual([1]);
  await page.evaluate(() =>
    ["heard", "stop"].map((name) => Reflect.deleteProperty(globalThis, name)),
  );
});

test("refuses uncloneable values in webContents.send", async () => {
  expect(
    await app.evaluate(({ BrowserWindow }) => {
      try {
        BrowserWindow.getAllWindows()[0]?.webContents.send("news", () => {});
        return "nothing happened";
      } catch (error) {
        return String(error);
      }
    }),
  ).toBe("Error: Failed to serialize arguments");
});

test("returns null and passes the URL to the handler when window.open is denied", async () => {
  expect(await page.evaluate(() => window.open("https://example.com/opened") === null)).toBe(true);
  await page.locator("#blank").click();
  await page.locator("#form button").click();

  await expect
    .poll(async () => (await seen()).opened)
    .toEqual([
      "https://example.com/opened",
      "https://example.com/blank",
      "https://example.com/form?",
    ]);
  expect(page.url()).toContain("/index.html");
});

test("does not navigate when will-navigate is prevented", async () => {
  await page.locator("#away").click();
  await page.locator("#within").click();

  await expect
    .poll(async () => (await seen()).navigations)
    .toEqual(["https://example.com/away", "app://panel/other.html"]);
  expect(page.url()).toContain("/index.html");
});

test("changes the page's colours with nativeTheme.themeSource and emulateMedia", async () => {
  const color = () => page.locator("h1").evaluate((title) => getComputedStyle(title).color);

  await page.emulateMedia({ colorScheme: "dark" });
  expect(await color()).toBe("rgb(4, 5, 6)");

  await app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = "light";
  });
  await expect.poll(color).toBe("rgb(1, 2, 3)");
});

test("supports screenshots and viewport sizes", async () => {
  await page.setViewportSize({ width: 375, height: 600 });

  expect(await page.evaluate(() => innerWidth)).toBe(375);
  expect((await page.screenshot()).length).toBeGreaterThan(1000);
});

test("throws the name of a member of Electron that is not imitated", async () => {
  await expect(app.evaluate((electron) => electron.autoUpdater)).rejects.toThrow(
    "chromium-electron does not imitate electron.autoUpdater",
  );
});
