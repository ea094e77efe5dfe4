/** The only server behind the demo's proxy: records requests and passes them to a stand-in. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { text } from "node:stream/consumers";
import { CutConnection, type Answer, type Arrival, type Forwarded } from "./arrival";

/** A request from the app, with its outcome. */
export interface RecordedRequest {
  /** As requested by the app, with a port if it is not the default. */
  readonly host: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** `none`: it is still open, was closed, or has no stand-in. */
  readonly answeredBy: Answer["answeredBy"];
  /** The request forwarded by the gateway, if any. */
  readonly forwarded: Forwarded | null;
  /** Status of the response; null without a response. */
  readonly status: number | null;
  /** True when the app disconnected before the response was complete. */
  readonly abandoned: boolean;
}

export interface Internet {
  /** The proxy's target, which receives the whole requested URL as its path. */
  readonly url: string;
  readonly requests: () => readonly RecordedRequest[];
  readonly clear: () => void;
  /** Resolves with the next request when it arrives. */
  readonly arrived: () => Promise<RecordedRequest>;
  /** Resolves with the next request that the app abandons. */
  readonly abandoned: () => Promise<RecordedRequest>;
  readonly close: () => Promise<void>;
}

/** Starts the server on loopback. `answer` calls a stand-in, and returns null for a host without one. */
export async function startInternet(
  answer: (arrival: Arrival) => Promise<Answer | null>,
): Promise<Internet> {
  let records: RecordedRequest[] = [];
  let waiting: { what: "arrived" | "abandoned"; tell: (record: RecordedRequest) => void }[] = [];

  function tell(what: "arrived" | "abandoned", record: RecordedRequest): void {
    const told = waiting.filter((one) => one.what === what);
    waiting = waiting.filter((one) => one.what !== what);
    for (const one of told) one.tell(structuredClone(record));
  }

  async function wait(what: "arrived" | "abandoned"): Promise<RecordedRequest> {
    return new Promise((resolve) => {
      waiting.push({ what, tell: resolve });
    });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    const arrival = await arrivalOf(request, gone.signal);
    const record: { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] } = {
      host: arrival.url.host,
      method: arrival.method,
      path: (request.url ?? "").slice(`/${arrival.url.origin}`.length),
      headers: Object.fromEntries(arrival.headers),
      body: arrival.body,
      answeredBy: "none",
      forwarded: null,
      status: null,
      abandoned: false,
    };
    records.push(record);
    let cut = false;
    response.once("close", () => {
      if (response.writableFinished || cut) return;
      record.abandoned = true;
      gone.abort();
      tell("abandoned", record);
    });
    tell("arrived", record);
    try {
      const { response: given, ...rest } = (await answer(arrival)) ?? refused(arrival.url.host);
      Object.assign(record, { ...rest, status: given.status });
      response.writeHead(given.status, Object.fromEntries(given.headers));
      response.flushHeaders();
      if (given.body) await pipeline(given.body, response);
      else response.end();
    } catch (error) {
      cut = error instanceof CutConnection;
      if (!cut && !gone.signal.aborted)
        response.writeHead(500).end(`The demo failed: ${String(error)}`);
      else response.destroy();
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It has no port.");

  return {
    url: `http://127.0.0.1:${address.port}`,
    requests: () => structuredClone(records),
    clear: () => {
      records = [];
    },
    arrived: async () => wait("arrived"),
    abandoned: async () => wait("abandoned"),
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function arrivalOf(request: IncomingMessage, signal: AbortSignal): Promise<Arrival> {
  const url = new URL((request.url ?? "").slice(1));
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  // The proxy replaced this header.
  headers.set("host", url.host);
  return { method: request.method ?? "GET", url, headers, body: await text(request), signal };
}

/** Refuses a host without a stand-in, because the demo has no network. */
function refused(host: string): Answer {
  const words = `The demo has no stand-in for ${host}, and no request leaves this computer.\n`;
  const response = new Response(words, {
    status: 502,
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
  return { response, answeredBy: "none", forwarded: null };
}
