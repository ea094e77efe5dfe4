import { readdir, readFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { join } from "node:path";

import { ROOT } from "../scripts/runtime";
import { CONTENT_SECURITY_POLICY } from "../src/main/app/app-files";
import { GATEWAY_METHODS } from "../src/shared/contract";
import { textOf } from "./fixture";
import { expect, test } from "./shared-window";

const BUILT = join(ROOT, "out");

/** The files of a built bundle, by name. */
async function bundle(name: "main" | "preload" | "renderer"): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(join(BUILT, name), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    await Promise.all(
      files.map(
        async (file) =>
          [file.name, await readFile(join(file.parentPath, file.name), "utf8")] as const,
      ),
    ),
  );
}

/** The main bundle, with values and strings written as before it was made smaller. */
async function mainBundle(): Promise<ReadonlyMap<string, string>> {
  const files = await bundle("main");
  const readable = (text: string): string =>
    text
      .replaceAll(/(?<![\w$)\]])!0\b/g, "true")
      .replaceAll(/(?<![\w$)\]])!1\b/g, "false")
      .replaceAll(/`([^`$\\"\n]*)`/g, '"$1"');
  return new Map([...files].map(([name, text]) => [name, readable(text)]));
}

function count(files: ReadonlyMap<string, string>, pattern: RegExp): number {
  return [...files.values()].reduce((sum, text) => sum + [...text.matchAll(pattern)].length, 0);
}

test.describe("the built bundles", () => {
  test("loads only the page's own files and evaluates no text as code", async () => {
    const files = await bundle("renderer");
    const page = files.get("index.html") ?? "";
    const loaded = [...page.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((address) => !address?.startsWith("./assets/"))).toEqual([]);
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|\bon\w+=|<base|<meta http-equiv/i);
    expect(count(files, /\beval\s*\(|\bnew Function\s*\(|file:\/\/|\bimportScripts\b/g)).toBe(0);
    expect(count(files, /\bimport\(\s*["'`]\w+:/g)).toBe(0);
    expect(count(files, /@import|url\(\s*["']?(?:https?:)?\/\//g)).toBe(0);
  });

  test("requires only Electron in the preload and exposes no part of it", async () => {
    const files = await bundle("preload");
    const required = [...files.values()].flatMap((text) =>
      [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name),
    );
    expect([...files.keys()]).toEqual(["index.cjs"]);
    expect(required).toEqual(["electron"]);
    expect(count(files, /exposeInMainWorld/g)).toBe(1);
    expect(count(files, /\beval\s*\(|\bnew Function\s*\(|\bprocess\b/g)).toBe(0);
  });

  test("requires only Node, Electron and existing files in the main process", async () => {
    const files = await mainBundle();
    const known = new Set([
      "electron",
      ...builtinModules,
      ...[...files.keys()].map((name) => `./${name}`),
    ]);
    const required = [...files.values()].flatMap((text) =>
      [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? ""),
    );
    expect(required.filter((name) => !known.has(name) && !name.startsWith("node:"))).toEqual([]);
  });

  test("evaluates no text as code in the main process, except one empty probe", async () => {
    const files = await mainBundle();
    expect(count(files, /\beval\s*\(|\brunInThisContext\b|\brunInNewContext\b/g)).toBe(0);
    // zod tests with an empty function whether eval is allowed; the result is not used.
    expect(count(files, /\bnew Function\s*\((?!""\))/g)).toBe(0);
  });

  test("opens one kind of window, with every protection enabled", async () => {
    const files = await mainBundle();
    expect(count(files, /\.BrowserWindow\(/g)).toBe(1);
    expect(count(files, /\bWebContentsView\b|\bBrowserView\b/g)).toBe(0);
    const preferences =
      /webPreferences:\s*\{([^}]*)\}/.exec(files.get("index.cjs") ?? "")?.[1]?.split(",") ?? [];
    expect(preferences.map((line) => line.replaceAll(/\s/g, "")).toSorted()).toEqual([
      "contextIsolation:true",
      "nodeIntegration:false",
      // The path has a short name in the bundle.
      expect.stringMatching(/^preload:[\w$]+$/),
      "sandbox:true",
      "spellcheck:false",
      "webviewTag:false",
    ]);
    expect(
      count(
        files,
        /webSecurity:\s*false|allowRunningInsecureContent:\s*true|experimentalFeatures:\s*true|enableBlinkFeatures|nodeIntegrationInSubFrames|enableRemoteModule|bypassCSP|\.loadFile\(|appendSwitch|setCertificateVerifyProc|"certificate-error"|ignore-certificate-errors|crashReporter|register\w+Protocol\(|intercept\w*Protocol|file:\/\//g,
      ),
    ).toBe(0);
    expect(count(files, /\.enableSandbox\(\)/g)).toBe(1);
  });

  test("has one place that handles messages, and two that open other programs", async () => {
    const files = await mainBundle();
    // `registerIpc` gets it once, under a type that has no method but `handle` and `removeHandler`.
    expect(count(files, /\bipcMain\b/g)).toBe(1);
    expect(count(files, /(?<!\bprotocol)\.handle\(/g)).toBe(1);
    expect(count(files, /\.handleOnce\(/g)).toBe(0);
    // Links to Cloudflare, and `editorUrl`, which has no text but the path of providers.jsonc.
    expect(count(files, /shell\.openExternal\(/g)).toBe(2);
    // Both open providers.jsonc alone: no message can pass a path.
    expect(count(files, /shell\.openPath\(/g)).toBe(1);
    expect(count(files, /shell\.showItemInFolder\(/g)).toBe(1);
    expect(count(files, /child_process/g)).toBe(0);
  });
});

test.describe("the running app", () => {
  test.use({ mayComplain: true });

  test("serves its page with the full policy", async ({ ui }) => {
    const response = await ui.page.reload();
    const headers = response?.headers() ?? {};
    expect(headers["content-security-policy"]).toBe(CONTENT_SECURITY_POLICY);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  });

  test("grants only permission to write to the clipboard", async ({ ui }) => {
    const states = await ui.page.evaluate(async () => {
      const names = [
        "geolocation",
        "notifications",
        "camera",
        "microphone",
        "midi",
        "clipboard-read",
        "clipboard-write",
      ];
      const asked = names.map(async (name) => {
        const { permissions }: { permissions: { query(of: object): Promise<PermissionStatus> } } =
          navigator;
        const status = await permissions.query({ name });
        return [name, status.state];
      });
      return Object.fromEntries(await Promise.all(asked));
    });
    expect(states).toEqual({
      geolocation: "denied",
      notifications: "denied",
      camera: "denied",
      microphone: "denied",
      midi: "denied",
      "clipboard-read": "denied",
      "clipboard-write": "granted",
    });
  });

  test("copies to the real clipboard", async ({ ui }) => {
    await ui.page.bringToFront();
    await ui.page.evaluate(() => {
      const button = document.createElement("button");
      button.textContent = "Try the clipboard";
      button.addEventListener("click", () => {
        void navigator.clipboard.writeText("x").then(
          () => (button.textContent = "Written"),
          (error: unknown) => (button.textContent = String(error)),
        );
      });
      document.body.prepend(button);
    });
    await ui.page.getByRole("button", { name: "Try the clipboard" }).click();
    await expect(ui.page.getByRole("button", { name: "Written" })).toBeVisible();
  });

  test("leaves a frame in the page empty and without the gateway", async ({ ui }) => {
    const reach = await ui.page.evaluate(async () => {
      const reached: string[] = [];
      for (const [name, value] of [
        ["srcdoc", "<p>inside</p>"],
        ["src", location.href],
        ["src", "data:text/html,<p>inside</p>"],
        ["src", "about:blank"],
      ] as const) {
        const frame = document.createElement("iframe");
        frame.setAttribute(name, value);
        const loaded = new Promise((resolve) => {
          frame.addEventListener("load", resolve);
        });
        document.body.append(frame);
        await loaded;
        try {
          const inside = frame.contentWindow;
          if (inside && Reflect.has(inside, "cloudflareGateway")) reached.push(value);
        } catch {
          // Another origin or an error page: the gateway is missing.
        }
        frame.remove();
      }
      return reached;
    });
    expect(reach).toEqual([]);
  });

  test("refuses every channel for another page with the same preload", async ({ panel, demo }) => {
    const before = await textOf(demo);
    const codes = await panel.app.evaluate(
      async ({ BrowserWindow }, { preload, methods }) => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { preload, sandbox: true, contextIsolation: true },
        });
        await window.loadURL("about:blank");
        const answers: unknown = await window.webContents.executeJavaScript(
          `Promise.all(${JSON.stringify(methods)}.map(async (name) =>
             (await window.cloudflareGateway[name]({ provider: "anthropic" })).error?.code))`,
        );
        window.destroy();
        return answers;
      },
      { preload: join(BUILT, "preload/index.cjs"), methods: GATEWAY_METHODS },
    );
    expect(codes).toEqual(GATEWAY_METHODS.map(() => "sender_untrusted"));
    expect(await textOf(demo)).toBe(before);
  });

  test("does not navigate to any kind of URL", async ({ ui, panel }) => {
    const before = ui.page.url();
    for (const address of [
      "https://evil.example/",
      "file:///etc/passwd",
      "data:text/html,x",
      "javascript:document.body.remove()",
    ]) {
      await ui.page.evaluate((to) => {
        const link = document.createElement("a");
        link.href = to;
        document.body.append(link);
        link.click();
        link.remove();
      }, address);
      await expect(ui.switchOf("Anthropic")).toBeVisible();
      expect(ui.page.url()).toBe(before);
    }
    expect(panel.app.windows()).toHaveLength(1);
  });
});
