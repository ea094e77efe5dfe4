/** For tests: a host on loopback that writes whatever bytes it likes, and counts them. */
import { createServer, type Socket } from "node:net";

/** Writes the answer to one request, head included. */
export type Answering = (socket: Socket) => void;

export interface HostileHost {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** The requests that came, as text, in the order of their connections. */
  readonly requests: () => readonly string[];
  /** How many bytes left this host, all connections together. */
  readonly bytesSent: () => number;
  readonly close: () => Promise<void>;
}

/** Opens a host that answers every connection's first bytes with `answer`. */
export async function openHostileHost(answer: Answering): Promise<HostileHost> {
  const sockets: Socket[] = [];
  const requests: string[] = [];
  const server = createServer((socket) => {
    const index = sockets.push(socket) - 1;
    // The other end hangs up in the middle; that is what is being tested.
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      const first = requests[index] === undefined;
      requests[index] = `${requests[index] ?? ""}${chunk.toString("latin1")}`;
      if (first) answer(socket);
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

/** The head of an answer without a length: its body goes on until the connection ends. */
export function head(status: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join("")}\r\n`;
}

/** One whole answer, then the end of the connection. */
export function whole(
  status: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Answering {
  return (socket) => {
    socket.write(head(status, headers), "latin1");
    socket.end(body);
  };
}

/** `chunk` again and again, as fast as it is read, for ever or `times` times. */
export function endless(
  first: string,
  chunk: string | Buffer,
  times: number = Number.POSITIVE_INFINITY,
): Answering {
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
