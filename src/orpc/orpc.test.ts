import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";

import { createORPCClient, ORPCError } from "@orpc/client";
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import { os, type RouterClient } from "@orpc/server";
import { RPCHandler as PortHandler } from "@orpc/server/message-port";
import { RPCHandler as SocketHandler } from "@orpc/server/ws";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "undici";
import { WebSocketServer } from "ws";

import { openCloudflareGateway, type CloudflareGateway } from "../main/gateway";
import { GATEWAY_METHODS, type GatewayApi } from "../shared/contract";
import type { ProvidersView } from "../shared/view";
import { changesOf } from "./changes";
import { gatewayApiFromOrpc, type GatewayOrpcClient } from "./client";
import { gatewayRouter } from "./router";

interface HostContext {
  readonly token: string | null;
  readonly gateway: CloudflareGateway;
}

/** A host's builder with its authentication, and its router with the gateway's procedures. */
const authenticated = os.$context<HostContext>().use(({ context, next }) => {
  if (context.token !== "let-me-in") throw new ORPCError("UNAUTHORIZED");
  return next();
});
const ROUTER = {
  hello: authenticated.handler(() => "hello"),
  cloudflareGateway: gatewayRouter(authenticated, ({ gateway }) => gateway),
};

interface Connection {
  readonly client: GatewayOrpcClient;
  readonly close: () => void;
  /** Breaks the connection without a farewell, like a page that crashes. */
  readonly lose: () => void;
}

/** Connects over a MessagePort, as a window of a desktop app. */
async function overPort(context: HostContext): Promise<Connection> {
  const { port1, port2 } = new MessageChannel();
  new PortHandler(ROUTER).upgrade(port1, { context });
  const link = new PortLink({ port: port2 });
  port1.start();
  port2.start();
  const { cloudflareGateway: client } = createORPCClient<RouterClient<typeof ROUTER>>(link);
  const close = (): void => port2.close();
  return { client, close, lose: close };
}

/** Connects over a WebSocket on loopback, as a browser. */
async function overSocket(context: HostContext): Promise<Connection> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => {
    void new SocketHandler(ROUTER).upgrade(socket, { context });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const websocket = new WebSocket(`ws://127.0.0.1:${port}`);
  await new Promise((resolve) => websocket.addEventListener("open", resolve));
  const { cloudflareGateway: client } = createORPCClient<RouterClient<typeof ROUTER>>(
    new SocketLink({ websocket }),
  );
  const close = (): void => {
    websocket.close();
    sockets.close();
    server.close();
  };
  const lose = (): void => {
    for (const socket of sockets.clients) socket.terminate();
  };
  return { client, close, lose };
}

const ACCOUNT = { accountId: "0123456789abcdef0123456789abcdef", gatewayName: "my-gateway" };

let home: string;
let gateway: CloudflareGateway;
const closing: (() => void)[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "mux-orpc-"));
  writeFileSync(join(home, "providers.jsonc"), '{ "anthropic": { "apiKey": "sk-1" } }');
  gateway = openCloudflareGateway({
    home,
    env: {},
    log: { info: () => undefined, warn: () => undefined },
  });
});

afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await gateway.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 10 });
});

async function connect(
  over: typeof overPort,
  token: string | null = "let-me-in",
): Promise<Connection> {
  const connection = await over({ token, gateway });
  closing.push(connection.close);
  return connection;
}

/** Resolves with the first view that the listener receives and `isWanted`. */
function nextView(
  api: GatewayApi,
  isWanted: (view: ProvidersView) => boolean,
): Promise<ProvidersView> {
  return new Promise((resolve) => {
    const stop = api.onChange((view) => {
      if (!isWanted(view)) return;
      stop();
      resolve(view);
    });
  });
}

const routeOf = ({ providers }: ProvidersView): string | undefined =>
  providers.find(({ id }) => id === "anthropic")?.route;

describe.each([
  ["a MessagePort", overPort],
  ["a WebSocket", overSocket],
] as const)("oRPC over %s", (_, over) => {
  it("carries calls with and without input, and changes by any program", async () => {
    const api = gatewayApiFromOrpc((await connect(over)).client);
    const read = await api.providers();
    expect(read.success && routeOf(read.data)).toBe("direct");
    const changed = nextView(api, (view) => routeOf(view) === "gateway");
    const enabled = await api.enable({ provider: "anthropic", ...ACCOUNT });
    expect(enabled.success).toBe(true);
    expect(routeOf(await changed)).toBe("gateway");
    expect(readFileSync(join(home, "providers.jsonc"), "utf8")).toContain("cloudflareGateway");
    expect((await api.undo()).success).toBe(true);
    expect(await api.openFile()).toMatchObject({ error: { code: "file_not_opened" } });
  });

  it("validates every input by the gateway's schemas", async () => {
    const { client } = await connect(over);
    expect(await client.enable({ provider: 7 })).toMatchObject({
      success: false,
      error: { code: "input_invalid" },
    });
    expect(await client.providers({ unexpected: true })).toMatchObject({
      error: { code: "input_invalid" },
    });
  });

  it("refuses hostile input of every kind, for every procedure with an input", async () => {
    const { client } = await connect(over);
    const before = readFileSync(join(home, "providers.jsonc"), "utf8");
    const inputs: readonly unknown[] = [
      null,
      "text",
      7n,
      Number.NaN,
      new Date(0),
      new Map([["provider", "anthropic"]]),
      new Set(["anthropic"]),
      [{ provider: "anthropic" }],
      { provider: "x".repeat(100_000) },
      { provider: { toString: "anthropic" } },
      JSON.parse('{ "__proto__": { "provider": "anthropic" } }'),
      { provider: "anthropic", run: "r", unexpected: { deep: [[[[]]]] } },
    ];
    for (const method of GATEWAY_METHODS) {
      for (const input of inputs) {
        const answer = await client[method](input);
        expect(answer).toMatchObject({ error: { code: "input_invalid" } });
      }
    }
    expect(readFileSync(join(home, "providers.jsonc"), "utf8")).toBe(before);
  });

  it("stops listening when the connection is lost", async () => {
    const listeners = new Set<(view: ProvidersView) => void>();
    const own = gateway;
    const watched: CloudflareGateway = {
      ...own,
      onChange: (listener) => {
        listeners.add(listener);
        const stop = own.onChange(listener);
        return () => {
          listeners.delete(listener);
          stop();
        };
      },
    };
    const connection = await over({ token: "let-me-in", gateway: watched });
    closing.push(connection.close);
    const changes = await connection.client.onChange();
    if (!isIterable(changes)) throw new Error("onChange is no iterator.");
    await changes[Symbol.asyncIterator]().next();
    expect(listeners.size).toBe(1);
    connection.lose();
    await expect.poll(() => listeners.size).toBe(0);
  });

  it("refuses an unauthenticated client for every procedure and for onChange", async () => {
    const { client } = await connect(over, null);
    for (const method of [...GATEWAY_METHODS, "onChange"] as const) {
      await expect(client[method]()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    }
    const api = gatewayApiFromOrpc(client);
    await expect(api.providers()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

describe("the changes", () => {
  const counted = () => {
    const listeners = new Set<(view: ProvidersView) => void>();
    const source = {
      providers: () => gateway.providers(),
      onChange: (listener: (view: ProvidersView) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    return { listeners, source };
  };

  it("start with the current view", async () => {
    const changes = changesOf(gateway, undefined);
    const { value } = await changes.next();
    expect(value && routeOf(value)).toBe("direct");
    expect(await changes.return?.()).toEqual({ done: true, value: undefined });
    expect((await changes.next()).done).toBe(true);
  });

  it("end when the client leaves, and then listen no longer", async () => {
    const { listeners, source } = counted();
    const leaving = new AbortController();
    const changes = changesOf(source, leaving.signal);
    await changes.next();
    const waiting = changes.next();
    expect(listeners.size).toBe(1);
    leaving.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(listeners.size).toBe(0);
    changesOf(source, AbortSignal.abort());
    expect(listeners.size).toBe(0);
  });

  it("answer every reader that waits at the same time", async () => {
    const { listeners, source } = counted();
    const changes = changesOf(source, undefined);
    const first = await changes.next();
    if (first.done === true) throw new Error("There is a first view.");
    const both = [changes.next(), changes.next()];
    for (const tell of listeners) tell({ ...first.value, version: { store: "s", number: 7 } });
    expect((await both[0])?.value?.version.number).toBe(7);
    await changes.return?.();
    expect((await both[1])?.done).toBe(true);
  });

  it("end when the file cannot be read at all", async () => {
    const { listeners, source } = counted();
    const broken = { ...source, providers: () => Promise.reject(new Error("broken")) };
    expect((await changesOf(broken, undefined).next()).done).toBe(true);
    expect(listeners.size).toBe(0);
  });

  it("skip views that a slow client has not read", async () => {
    const { listeners, source } = counted();
    const changes = changesOf(source, undefined);
    const first = await changes.next();
    if (first.done === true) throw new Error("There is a first view.");
    const view = first.value;
    for (const number of [7, 8, 9]) {
      for (const tell of listeners) tell({ ...view, version: { store: "s", number } });
    }
    expect((await changes.next()).value?.version.number).toBe(9);
  });

  it("stop on the server when the page's listener stops", async () => {
    const { listeners, source } = counted();
    const watched = { ...gateway, ...source };
    const connection = await overPort({ token: "let-me-in", gateway: watched });
    closing.push(connection.close);
    const api = gatewayApiFromOrpc(connection.client);
    await nextView(api, () => true);
    await expect.poll(() => listeners.size).toBe(0);
  });

  it("are asked for again after a lost connection", async () => {
    const { client } = await connect(overPort);
    const lost = { times: 0 };
    const flaky: GatewayOrpcClient = {
      ...client,
      onChange: async (...given) => {
        lost.times += 1;
        if (lost.times === 1) throw new Error("The connection was lost.");
        return client.onChange(...given);
      },
    };
    expect(routeOf(await nextView(gatewayApiFromOrpc(flaky), () => true))).toBe("direct");
    expect(lost.times).toBe(2);
  });
});
