import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

import { afterEach, describe, expect, it } from "vitest";

import { connectToAny, NoAddressError, type Lookup } from "./every-address";

const servers: Server[] = [];
const children: ChildProcess[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

async function listen(): Promise<number> {
  const server = createServer((socket) => sockets.push(socket));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const PROGRAM = `
const server = require("node:net").createServer(() => undefined);
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () =>
  process.stdout.write(String(server.address().port)));
`;

/** A server whose handshake takes a second: its queue is full until the client repeats its SYN. */
async function listenSlowly(): Promise<number> {
  const child = spawn(process.execPath, ["-e", PROGRAM]);
  children.push(child);
  const [chunk] = await once(child.stdout, "data");
  const port = Number(String(chunk));
  child.kill("SIGSTOP");
  const queued = [0, 1].map(() => connect({ port, host: "127.0.0.1" }));
  sockets.push(...queued);
  await Promise.all(queued.map((socket) => once(socket, "connect")));
  return port;
}

/** A name with these addresses. */
function named(...addresses: readonly string[]): Lookup {
  return (_, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
}

async function connected(port: number, lookup: Lookup, timeoutMs = 5000): Promise<Socket> {
  return new Promise((resolve, reject) => {
    connectToAny(
      { hostname: "name.example", port, timeoutMs, onLookup: () => undefined, lookup },
      (error, socket) => {
        if (error !== null) reject(error);
        else if (socket !== null) {
          sockets.push(socket);
          resolve(socket);
        }
      },
    );
  });
}

describe("a host with several addresses", () => {
  it("is reached when its first address is dead", async () => {
    const port = await listen();
    const socket = await connected(port, named("::1", "127.0.0.1"));
    expect(socket.remoteAddress).toBe("127.0.0.1");
  });

  it("is reached when the handshake takes a second and the other family has no route", async () => {
    const port = await listenSlowly();
    const slow = connected(port, named("127.0.0.1", "::1"));
    children[0]?.kill("SIGCONT");
    expect((await slow).remoteAddress).toBe("127.0.0.1");
  });

  it("is reached over the next address while the first one is silent", async () => {
    const silent = await listenSlowly();
    const started = performance.now();
    const server = createServer((socket) => sockets.push(socket));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(silent, "127.0.0.2", resolve));
    const socket = await connected(silent, named("127.0.0.1", "127.0.0.2"));
    expect(socket.remoteAddress).toBe("127.0.0.2");
    expect(performance.now() - started).toBeLessThan(900);
  });

  it("fails with every address when none is reached", async () => {
    const port = await listen();
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    const error: unknown = await connected(port, named("127.0.0.1", "::1", "127.0.0.2")).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(NoAddressError);
    const messages = error instanceof NoAddressError ? error.errors.map(String) : [];
    const reached = messages.map((message) => /\S+$/.exec(message)?.[0] ?? "");
    expect(new Set(reached)).toEqual(
      new Set([`127.0.0.1:${port}`, `127.0.0.2:${port}`, `::1:${port}`]),
    );
  });

  it("fails with the addresses that stayed silent when the time is over", async () => {
    const port = await listenSlowly();
    const error: unknown = await connected(port, named("127.0.0.1", "::1"), 400).catch(
      (reason: unknown) => reason,
    );
    const messages = error instanceof NoAddressError ? error.errors.map(String) : [];
    expect(messages.some((message) => message.includes(`ETIMEDOUT 127.0.0.1:${port}`))).toBe(true);
    expect(messages).toHaveLength(2);
  });

  it("fails with the error of its only address", async () => {
    const port = await listen();
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    await expect(connected(port, named("127.0.0.1"))).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
  });
});
