import { EventEmitter, once } from "node:events";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { IpcMain, WebContents } from "electron";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { CHANGE_CHANNEL, channelOf, GATEWAY_METHODS } from "../../shared/contract";
import type { Success } from "../../shared/result";
import type { ProvidersView } from "../../shared/view";
import { openCloudflareGateway, type CloudflareGateway } from "../gateway";
import { registerIpc } from "./ipc";
import { removeDirectory } from "../text/testing/remove-directory";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const KEY = "sk-ant-canary-1";
const TOKEN = "cf-canary-2";
const TEXT = `{\n  "anthropic": { "apiKey": "${KEY}" }, // mine\n}\n`;

type Listener = (event: { sender: unknown; senderFrame: unknown }, input: unknown) => unknown;

/** Electron's side of a channel, which accepts one handler per channel. */
function transport() {
  const listeners = new Map<string, Listener>();
  const ipcMain: Pick<IpcMain, "handle" | "removeHandler"> = {
    handle: (channel, listener) => {
      if (listeners.has(channel)) throw new Error(`second handler for '${channel}'`);
      listeners.set(channel, (event, input) => Reflect.apply(listener, undefined, [event, input]));
    },
    removeHandler: (channel) => void listeners.delete(channel),
  };
  return { ipcMain, listeners };
}

const isSuccess = (answer: unknown): boolean =>
  typeof answer === "object" && answer !== null && Reflect.get(answer, "success") === true;

/** The view in the result of a call. */
function answered(answer: unknown): Success<ProvidersView> {
  if (!isSuccess(answer)) throw new Error(`refused: ${JSON.stringify(answer)}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- guaranteed by the contract
  return answer as Success<ProvidersView>;
}

/** A page, with the messages pushed to it. */
class Page extends EventEmitter {
  readonly pushed: (readonly [channel: string, view: ProvidersView])[] = [];
  readonly mainFrame = { url: "app://mux-settings/index.html", parent: null };
  destroyed = false;
  isDestroyed = (): boolean => this.destroyed;
  send = (channel: string, view: ProvidersView): void => {
    this.pushed.push([channel, view]);
    this.emit("sent");
  };
}

describe("the gateway over IPC", () => {
  let home: string;
  let gateway: CloudflareGateway;
  let trusted: (sender: { sender: WebContents }) => boolean;
  let call: (page: Page, method: string, input?: unknown) => Promise<unknown>;
  let unregister: () => void;
  let listeners: ReadonlyMap<string, Listener>;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "ipc-"));
    await writeFile(join(home, "providers.jsonc"), TEXT);
    const silent = { info: () => undefined, warn: () => undefined };
    gateway = openCloudflareGateway({ home, env: {}, log: silent });
    const wires = transport();
    listeners = wires.listeners;
    trusted = () => true;
    unregister = registerIpc(wires.ipcMain, gateway, {
      isTrustedSender: (sender) => trusted(sender),
    });
    call = async (page, method, input) => {
      const listener = listeners.get(`cloudflare-gateway:${method}`);
      return listener?.({ sender: page, senderFrame: page.mainFrame }, input);
    };
  });
  afterEach(async () => {
    await gateway.close();
    await removeDirectory(home);
  });

  const file = () => readFile(join(home, "providers.jsonc"), "utf8");
  const details = { accountId: ACCOUNT, gatewayName: "my-gateway" };

  it("has one channel per call of the contract, and none after it is unregistered", () => {
    expect([...listeners.keys()]).toEqual(GATEWAY_METHODS.map(channelOf));
    unregister();
    expect([...listeners.keys()]).toEqual([]);
  });

  it("refuses a call without reading or writing when the sender is untrusted", async () => {
    trusted = () => false;
    const page = new Page();
    for (const method of GATEWAY_METHODS) {
      expect(await call(page, method, { provider: "anthropic", ...details })).toMatchObject({
        success: false,
        error: { code: "sender_untrusted" },
      });
    }
    expect(await file()).toBe(TEXT);
  });

  it.each([
    ["enable", undefined],
    ["enable", { provider: "anthropic" }],
    ["enable", { provider: "anthropic", ...details, token: 7 }],
    ["enable", { provider: "anthropic", ...details, surplus: true }],
    ["enable", { provider: "x".repeat(100_000), ...details }],
    ["disable", null],
    ["disable", ["anthropic"]],
    ["forget", { provider: { toString: "anthropic" } }],
    ["undo", { provider: "anthropic" }],
    ["openFile", { file: "/etc/passwd" }],
    ["openFile", "/etc/passwd"],
    ["providers", 0],
    ["test", { provider: "anthropic" }],
    ["test", { provider: "anthropic", run: "1", route: "gateway" }],
    ["stopTest", {}],
  ])("refuses %s(%j) without writing a byte", async (method, input) => {
    expect(await call(new Page(), method, input)).toMatchObject({
      success: false,
      error: { code: "input_invalid" },
    });
    expect(await file()).toBe(TEXT);
  });

  it("names the invalid member of an input, but not its value", async () => {
    const answer: unknown = await call(new Page(), "enable", {
      provider: "anthropic",
      ...details,
      token: [TOKEN],
    });
    expect(JSON.stringify(answer)).toContain("token (");
    expect(JSON.stringify(answer)).not.toContain(TOKEN);
  });

  it("returns and pushes neither keys nor tokens", async () => {
    const page = new Page();
    const answers: unknown[] = [
      await call(page, "providers"),
      await call(page, "enable", { provider: "anthropic", ...details, token: TOKEN }),
      await call(page, "enable", { provider: "anthropic", ...details, seen: "stale" }),
      await call(page, "disable", { provider: "anthropic" }),
      await call(page, "undo"),
      await call(page, "forget", { provider: "anthropic" }),
    ];
    expect(answers[1]).toMatchObject({ success: true });
    const all = JSON.stringify([answers, page.pushed]);
    expect(page.pushed.length).toBeGreaterThan(0);
    expect(all).not.toContain(KEY);
    expect(all).not.toContain(TOKEN);
  });

  it("pushes a change to pages that called, still exist and are still trusted", async () => {
    const [there, gone, turned, silent] = [new Page(), new Page(), new Page(), new Page()];
    for (const page of [there, gone, turned]) await call(page, "providers");
    gone.destroyed = true;
    trusted = ({ sender }) => sender !== (turned as unknown);
    const told = once(there, "sent");
    await gateway.enable("anthropic", details);
    await told;
    expect(there.pushed).toHaveLength(1);
    expect(there.pushed[0]).toMatchObject([CHANGE_CHANNEL, { file: gateway.file }]);
    expect([gone.pushed, turned.pushed, silent.pushed]).toEqual([[], [], []]);
  });

  it("pushes a change after the call that made it has returned", async () => {
    const [caller, other] = [new Page(), new Page()];
    for (const page of [caller, other]) await call(page, "providers");
    const told = once(caller, "sent");
    const answer = await call(caller, "enable", { provider: "anthropic", ...details });
    expect(caller.pushed).toEqual([]);
    await told;
    const { data } = answered(answer);
    expect(data.made).toBe(1);
    const pushed = [[CHANGE_CHANNEL, { ...data, made: 0 }]];
    expect(caller.pushed).toEqual(pushed);
    expect(other.pushed).toEqual(pushed);
  });

  it("pushes changes immediately while a test of the page is running", async () => {
    const server = createServer();
    const arrived = once(server, "request");
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const hangs = { providerType: "openai-compatible", baseUrl: `http://127.0.0.1:${port}/v1` };
    await writeFile(join(home, "providers.jsonc"), JSON.stringify({ mine: hangs }));
    const page = new Page();
    const test = call(page, "test", { provider: "mine", run: "one", model: "m" });
    await arrived;
    const pushed = once(page, "sent");
    await gateway.enable("anthropic", details);
    await pushed;
    const told = page.pushed.map(([, view]) => view).at(-1);
    expect(told?.providers.find(({ id }) => id === "anthropic")?.route).toBe("gateway");
    await call(page, "stopTest", { run: "one" });
    await test;
    server.close();
  });

  it("gives every page the file's last state when it keeps the newest view of overlapping calls", async () => {
    const pages = [new Page(), new Page(), new Page()];
    const names = ["anthropic", "openai", "xai"];
    const calls = pages.flatMap((page, index) =>
      Array.from({ length: 20 }, (_, turn) => {
        const provider = names[(index + turn) % names.length];
        const method = turn % 3 === 2 ? "disable" : "enable";
        const gatewayName = `g-${index}-${turn}`;
        const input = method === "enable" ? { accountId: ACCOUNT, gatewayName } : {};
        return { page, sent: call(page, method, { provider, ...input }) };
      }),
    );
    const answers = await Promise.all(
      calls.map(async ({ page, sent }) => ({ page, answer: await sent })),
    );
    await new Promise(setImmediate);
    const last = answered(await gateway.providers()).data;
    for (const page of pages) {
      const own = answers.filter((each) => each.page === page && isSuccess(each.answer));
      const views = [
        ...own.map(({ answer }) => answered(answer).data),
        ...page.pushed.map(([, view]) => view),
      ];
      const newest = views.toSorted((a, b) => b.version.number - a.version.number)[0];
      expect(newest).toEqual({ ...last, version: newest?.version, made: newest?.made });
    }
  });

  it("refuses a second test with the name of a running one, and stops only the named test", async () => {
    const server = createServer();
    const arrived = once(server, "request");
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const hangs = { providerType: "openai-compatible", baseUrl: `http://127.0.0.1:${port}/v1` };
    await writeFile(join(home, "providers.jsonc"), JSON.stringify({ mine: hangs }));
    const page = new Page();
    const input = { provider: "mine", run: "one", model: "m" };
    const first = call(page, "test", input);
    expect(await call(page, "test", input)).toMatchObject({ error: { code: "input_invalid" } });
    await arrived;
    expect(await call(page, "stopTest", { run: "another" })).toMatchObject({ success: true });
    await call(page, "stopTest", { run: "one" });
    expect(await first).toMatchObject({ success: false, error: { code: "cancelled" } });
    server.close();
  });

  it("fails with `closed` after the gateway is closed", async () => {
    await gateway.close();
    expect(await call(new Page(), "providers")).toMatchObject({ error: { code: "closed" } });
  });
});
