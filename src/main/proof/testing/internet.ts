/** For tests: a real proxy with a certificate authority of its own, behind which any host answers. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { generateCACertificate, getLocal } from "mockttp";

import { streamFor } from "./wires";

export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly host: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Hangs up instead of answering, or after some of the body. */
  readonly hangUp?: true;
  /** Takes the request and never answers. */
  readonly never?: true;
}

export interface Internet {
  /** What a client needs to be behind this proxy: nothing else leads here. */
  readonly env: NodeJS.ProcessEnv;
  /** Host and port of the proxy. */
  readonly proxy: string;
  readonly arrived: () => readonly Arrived[];
  /** Answers from now on; by default a well-formed stream for the path, with gateway headers at the gateway. */
  readonly answer: (reply: (request: Arrived) => Answer) => void;
  /** Forgets requests and answers. */
  readonly reset: () => void;
  readonly close: () => Promise<void>;
}

/** Opens the proxy; its certificate authority is a PEM file, as NODE_EXTRA_CA_CERTS wants it. */
export async function openInternet(): Promise<Internet> {
  const authority = await generateCACertificate();
  const directory = await mkdtemp(join(tmpdir(), "internet-"));
  const file = join(directory, "authority.pem");
  await writeFile(file, authority.cert);
  const server = getLocal({ https: authority });
  await server.start();
  let arrived: Arrived[] = [];
  let reply: (request: Arrived) => Answer = () => ({});
  await server.forAnyRequest().thenCallback(async (request) => {
    const seen: Arrived = {
      method: request.method,
      url: request.url,
      host: new URL(request.url).host,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: (await request.body.getText()) ?? "",
    };
    arrived.push(seen);
    const answer = reply(seen);
    if (answer.hangUp) return "close";
    if (answer.never) return new Promise(() => undefined);
    const atGateway = seen.host === "gateway.ai.cloudflare.com";
    return {
      statusCode: answer.status ?? 200,
      headers: {
        "content-type": (answer.status ?? 200) === 200 ? "text/event-stream" : "application/json",
        "cf-ray": "8f0000000000abcd-AMS",
        ...(atGateway && answer.headers === undefined
          ? { "cf-aig-log-id": "01JLOG", "cf-aig-cache-status": "MISS", "cf-aig-step": "0" }
          : answer.headers),
      },
      body: answer.body ?? streamFor(new URL(seen.url).pathname),
    };
  });
  return {
    env: { HTTPS_PROXY: server.url, NODE_EXTRA_CA_CERTS: file },
    proxy: new URL(server.url).host,
    arrived: () => [...arrived],
    answer: (next) => {
      reply = next;
    },
    reset: () => {
      arrived = [];
      reply = () => ({});
    },
    close: async () => {
      await server.stop();
      await rm(directory, { recursive: true });
    },
  };
}
