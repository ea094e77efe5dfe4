/** The imitation as Playwright's unmodified `_electron.launch` finds it: window, worlds, messages, policy. */
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

/** What the fixture's preload exposes. */
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
  await rm(home, { recursive: true });
});

/** What the fixture's main process noted. */
function seen(): Promise<Seen> {
  return app.evaluate(() => Reflect.get(globalThis, "seen"));
}

test("Playwright finds the window, its size and its BrowserWindow", async () => {
  const window = await app.browserWindow(page);

  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([700, 500]);
  expect(await window.evaluate((found) => found.webContents.getURL())).toBe(
    "app://panel/index.html?first#top",
  );
});

test("the main process sees Electron's names and its own arguments", async () => {
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

test("the app's name, version and directory come from its package.json", async () => {
  expect(
    await app.evaluate((electron) => [
      electron.app.getName(),
      electron.app.getVersion(),
      electron.app.getAppPath(),
      electron.app.getPath("userData"),
    ]),
  ).toEqual(["fixture", "1.2.3", APP, home]);
});

test("modules and styles of the app's scheme load, after the preload", async () => {
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

test("the answer's Content-Security-Policy applies", async () => {
  expect(await page.evaluate(() => Reflect.has(globalThis, "inlineRan"))).toBe(false);
  expect(await page.evaluate(() => fetch("https://example.com/").then(String, String))).toContain(
    "TypeError",
  );
});

test("the page is a secure context and asks no network", async () => {
  expect(await page.evaluate(() => isSecureContext)).toBe(true);
  expect(await page.evaluate(() => Notification.permission)).toBe("denied");
});

test("the page sees what was exposed, and no trace of ipcRenderer or its channel", async () => {
  const strange = await page.evaluate(() => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const usual = new Set(Reflect.ownKeys(frame.contentWindow ?? {}));
    frame.remove();
    // What every frame would get cannot be told by comparison; it would have a random name.
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

test("what is exposed is frozen all the way down, and cannot be replaced", async () => {
  expect(
    await page.evaluate(() => [
      Object.isFrozen(fixture),
      Object.isFrozen(fixture.nested.list[1]),
      Reflect.set(globalThis, "fixture", 1),
      Reflect.deleteProperty(globalThis, "fixture"),
    ]),
  ).toEqual([true, true, false, false]);
});

test("the preload has the sandbox's process and require", async () => {
  expect(await page.evaluate(() => [fixture.process, fixture.tryTo("requireFs")])).toEqual([
    [process.platform, true, true, "renderer"],
    "module not found: node:fs",
  ]);
});

test("values cross the bridge as copies without their prototypes", async () => {
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

test("a cycle crosses the bridge as a cycle", async () => {
  expect(
    await page.evaluate(() => {
      const cyclic: Record<string, unknown> = {};
      cyclic["self"] = cyclic;
      const back = fixture.same(cyclic);
      return back["self"] === back;
    }),
  ).toBe(true);
});

test("functions cross the bridge as proxies, in both directions and at once", async () => {
  expect(
    await page.evaluate(() => {
      const own = () => 1;
      return [fixture.call((a, b) => Number(a) + Number(b), 2, 3), fixture.same(own) === own];
    }),
  ).toEqual([5, true]);
});

test("a promise crosses the bridge and settles there", async () => {
  expect(
    await page.evaluate(async () => [
      await fixture.later({ late: true }),
      await fixture.failLater().catch((error: unknown) => String(error)),
    ]),
  ).toEqual([{ late: true }, "Error: too far"]);
});

test("an error thrown across the bridge keeps its message only", async () => {
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

test("the bridge refuses a taken name and a symbol", async () => {
  expect(
    await page.evaluate(() => [fixture.tryTo("exposeAgain"), fixture.tryTo("exposeSymbol")]),
  ).toEqual([
    "Cannot bind an API on top of an existing property on the window object",
    "An object could not be cloned.",
  ]);
});

test("a page that replaced the built-ins still gets only its copies", async () => {
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

test("invoke carries every kind of value there and back", async () => {
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

test("a handler knows the frame that asked", async () => {
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
])("invoking %s rejects in Electron's words", async (channel, told) => {
  expect(
    await page.evaluate(
      (name) => fixture.invoke(name).catch((error: unknown) => String(error)),
      channel,
    ),
  ).toBe(`Error: Error invoking remote method '${channel}': ${told}`);
});

test("send arrives; what cannot be cloned or is not imitated is refused in the preload", async () => {
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

test("webContents.send reaches the listener until it is removed", async () => {
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

test("webContents.send refuses what cannot be cloned", async () => {
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

test("a denied window.open is null, opens nothing, and its handler hears the address", async () => {
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

test("a navigation that will-navigate prevents does not happen", async () => {
  await page.locator("#away").click();
  await page.locator("#within").click();

  await expect
    .poll(async () => (await seen()).navigations)
    .toEqual(["https://example.com/away", "app://panel/other.html"]);
  expect(page.url()).toContain("/index.html");
});

test("nativeTheme.themeSource and Playwright's emulateMedia change the page's colors", async () => {
  const color = () => page.locator("h1").evaluate((title) => getComputedStyle(title).color);

  await page.emulateMedia({ colorScheme: "dark" });
  expect(await color()).toBe("rgb(4, 5, 6)");

  await app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = "light";
  });
  await expect.poll(color).toBe("rgb(1, 2, 3)");
});

test("screenshots and viewport sizes work", async () => {
  await page.setViewportSize({ width: 375, height: 600 });

  expect(await page.evaluate(() => innerWidth)).toBe(375);
  expect((await page.screenshot()).length).toBeGreaterThan(1000);
});

test("a member of Electron that is not imitated throws and names itself", async () => {
  await expect(app.evaluate((electron) => electron.autoUpdater)).rejects.toThrow(
    "chromium-electron does not imitate electron.autoUpdater",
  );
});
