import { EventEmitter } from "node:events";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { IpcMain } from "electron";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { channelOf, GATEWAY_METHODS, type GatewayMethod } from "../../shared/contract";
import { APP_PAGE } from "../app/addresses";
import { openCloudflareGateway, type CloudflareGateway } from "../gateway";
import { registerIpc } from "./ipc";
import { isPanel } from "../app/panel-sender";
import { recordingLog } from "../proof/testing/provider";
import { removeDirectory } from "../text/testing/remove-directory";

const DETAILS = { accountId: "0123456789abcdef0123456789abcdef", gatewayName: "my-gateway" };
const TEXT = `{\n  "anthropic": { "apiKey": "sk-ant-canary-1" },\n}\n`;

/** A valid input of each method; it writes when the method can write. */
const RIGHT: { readonly [Method in GatewayMethod]: unknown } = {
  providers: undefined,
  enable: { provider: "anthropic", ...DETAILS },
  disable: { provider: "anthropic" },
  forget: { provider: "anthropic" },
  route: { gateway: { ...DETAILS, token: null }, providers: [{ provider: "anthropic" }] },
  direct: { providers: [{ provider: "anthropic" }] },
  remove: { providers: [{ provider: "anthropic" }] },
  updateGateway: { gateway: DETAILS, change: { gatewayName: "another" } },
  confirmDomain: { ...DETAILS, host: "ai.example.com" },
  fix: { provider: "anthropic", fix: "adopt_gateway" },
  setMirror: { on: true },
  undo: undefined,
  openFile: undefined,
  test: { provider: "unknown", run: "1" },
  stopTest: { run: "1" },
  tests: undefined,
  accountStatus: undefined,
  connectAccount: { token: "", remember: false },
  disconnectAccount: undefined,
  accounts: undefined,
  accountGateways: { accountId: DETAILS.accountId },
  gatewayDetails: DETAILS,
  createGateway: { ...DETAILS, collectLogs: true },
  customProvider: { accountId: DETAILS.accountId, provider: "anthropic", seen: "x" },
  createCustomProvider: { accountId: DETAILS.accountId, provider: "anthropic", seen: "x" },
  logRow: {
    ...DETAILS,
    provider: "anthropic",
    logId: "x",
    startedAt: "x",
    route: "saved",
  },
  traffic: { ...DETAILS, window: "day" },
  requests: { ...DETAILS, errorsFirst: true },
  doctor: DETAILS,
};

/** Throws Electron's error for the use of a destroyed object. */
function gone(): never {
  throw new TypeError("Object has been destroyed");
}

interface Frame {
  readonly url: string;
  readonly parent: Frame | null;
  readonly detached: boolean;
}

/** A window's contents, which throw after they are destroyed, as Electron's do. */
class Contents extends EventEmitter {
  readonly pushed: unknown[] = [];
  #destroyed = false;
  #frame: () => Frame | null = () => ({ url: APP_PAGE, parent: null, detached: false });

  get mainFrame(): Frame | null {
    return this.#destroyed ? gone() : this.#frame();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  send(_channel: string, view: unknown): void {
    if (this.#destroyed) gone();
    this.pushed.push(view);
  }

  destroy(): void {
    this.#destroyed = true;
    this.emit("destroyed");
  }

  show(frame: () => Frame | null): void {
    this.#frame = frame;
  }
}

describe("a sender", () => {
  let home: string;
  let gateway: CloudflareGateway;
  let listeners: Map<string, (event: object, input: unknown) => unknown>;
  const log = recordingLog();

  beforeEach(async () => {
    log.lines.length = 0;
    home = await mkdtemp(join(tmpdir(), "ipc-senders-"));
    await writeFile(join(home, "providers.jsonc"), TEXT);
    gateway = openCloudflareGateway({ home, env: {}, log });
    listeners = new Map();
    const ipcMain: Pick<IpcMain, "handle" | "removeHandler"> = {
      handle: (channel, listener) =>
        void listeners.set(channel, (event, input) =>
          Reflect.apply(listener, undefined, [event, input]),
        ),
      removeHandler: (channel) => void listeners.delete(channel),
    };
    registerIpc(ipcMain, gateway, { isTrustedSender: (sender) => isPanel(sender, null) });
  });
  afterEach(async () => {
    await gateway.close();
    await removeDirectory(home);
  });

  const call = async (
    sender: Contents,
    method: GatewayMethod,
    frame: () => Frame | null = () => sender.mainFrame,
  ): Promise<unknown> => {
    const event = {
      sender,
      get senderFrame() {
        return frame();
      },
    };
    return listeners.get(channelOf(method))?.(event, RIGHT[method]);
  };

  const refused = { success: false, error: { code: "sender_untrusted" } };
  const file = () => readFile(join(home, "providers.jsonc"), "utf8");

  const main = { url: APP_PAGE, parent: null, detached: false };
  it.each<[string, () => Frame | null]>([
    ["is a frame inside the page", () => ({ url: APP_PAGE, parent: main, detached: false })],
    ["is an empty frame inside it", () => ({ url: "about:blank", parent: main, detached: false })],
    ["has navigated away", () => null],
    ["is a detached frame", () => ({ ...main, detached: true })],
    ["is a disposed frame", gone],
    ["is another page", () => ({ ...main, url: "https://evil.example/" })],
  ])("is refused by every channel when it %s", async (_, frame) => {
    for (const method of GATEWAY_METHODS) {
      expect(await call(new Contents(), method, frame)).toMatchObject(refused);
    }
    expect(await file()).toBe(TEXT);
  });

  it("is refused by every channel when its window is destroyed before the check", async () => {
    const window = new Contents();
    window.destroy();
    for (const method of GATEWAY_METHODS) {
      // The message may still hold the frame.
      expect(await call(window, method, () => main)).toMatchObject(refused);
    }
    expect(await file()).toBe(TEXT);
    expect(window.eventNames()).toEqual([]);
  });

  it("receives no more changes when its window is destroyed during a call, without an error", async () => {
    const window = new Contents();
    const answers = GATEWAY_METHODS.map((method) => call(window, method));
    window.destroy();
    for (const answer of await Promise.all(answers)) {
      expect(answer).toEqual(expect.objectContaining({ success: expect.any(Boolean) }));
    }
    await new Promise(setImmediate);
    expect(window.pushed).toEqual([]);
    expect(window.eventNames()).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it("does not block changes for other windows when its window is destroyed or crashes", async () => {
    const [destroyed, crashed, turned] = [new Contents(), new Contents(), new Contents()];
    const [leaving, there] = [new Contents(), new Contents()];
    for (const window of [destroyed, crashed, turned, leaving, there]) {
      await call(window, "providers");
    }
    destroyed.destroy();
    crashed.show(gone);
    turned.show(() => ({ ...main, url: "https://evil.example/" }));
    // Between the check and the message.
    leaving.send = gone;
    await gateway.enable("anthropic", DETAILS);
    await new Promise(setImmediate);
    expect(there.pushed).toHaveLength(1);
    expect([...destroyed.pushed, ...crashed.pushed, ...turned.pushed]).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it("receives each change once and leaks no listener when it calls a thousand times", async () => {
    const window = new Contents();
    await Promise.all(Array.from({ length: 1000 }, () => call(window, "providers")));
    expect(window.listenerCount("destroyed")).toBe(1);
    await gateway.enable("anthropic", DETAILS);
    await new Promise(setImmediate);
    expect(window.pushed).toHaveLength(1);
    window.destroy();
    expect(window.eventNames()).toEqual([]);
  });
});
