/** For tests: a host on loopback that writes arbitrary bytes and counts them. */
import { createServer, type Socket } from "node:net";

/** Writes the response to one request, status line and headers included. */
export type Responder = (socket: Socket) => void;

export interface HostileHost {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** The received requests as text, in the order of their connections. */
  readonly requests: () => readonly string[];
  /** How many bytes this host has sent over all its connections. */
  readonly bytesSent: () => number;
  readonly close: () => Promise<void>;
}

/** Starts a host that calls `respond` after the first bytes of every connection. */
export async function openHostileHost(respond: Responder): Promise<HostileHost> {
  const sockets: Socket[] = [];
  const requests: string[] = [];
  const server = createServer((socket) => {
    const index = sockets.push(socket) - 1;
    // The client is expected to close the connection halfway.
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      const first = requests[index] === undefined;
      requests[index] = `${requests[index] ?? ""}${chunk.toString("latin1")}`;
      if (first) respond(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests: () => [...requests],
    bytesSent: () => sockets.reduce((sum, socket) => sum + socket.bytesWritten, 0),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** The head of a response without a length: its body ends with the connection. */
export function responseHead(
  status: string,
  headers: Readonly<Record<string, string>> = {},
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join("")}\r\n`;
}

/** Sends one complete response and closes the connection. */
export function wholeResponse(
  status: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Responder {
  return (socket) => {
    socket.write(responseHead(status, headers), "latin1");
    socket.end(body);
  };
}

/** Sends `first`, then `chunk` as fast as it is read, `times` times or without end. */
export function endlessResponse(
  first: string,
  chunk: string | Buffer,
  times: number = Number.POSITIVE_INFINITY,
): Responder {
  return (socket) => {
    let left = times;
    const more = (): void => {
      while (left > 0 && !socket.destroyed) {
        left -= 1;
        if (!socket.write(chunk)) {
          socket.once("drain", more);
          return;
        }
      }
      socket.end();
    };
    socket.write(first);
    more();
  };
}
