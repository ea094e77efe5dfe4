/** For tests: a real proxy with its own certificate authority that responds for every host. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { generateCACertificate, getLocal } from "mockttp";

import { streamFor } from "./wire-formats";
import { removeDirectory } from "../../text/testing/remove-directory";

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly host: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Closes the connection instead of responding. */
  readonly hangUp?: true;
  /** Accepts the request and never responds. */
  readonly never?: true;
}

export interface InterceptingProxy {
  /** The environment of a client behind this proxy; no other client reaches it. */
  readonly env: NodeJS.ProcessEnv;
  readonly requests: () => readonly ReceivedRequest[];
  /**
   * Sets the responses from now on; by default a well-formed stream for the path, with gateway
   * headers on the gateway's host.
   */
  readonly respondWith: (replyTo: (request: ReceivedRequest) => Reply) => void;
  /** Forgets the requests and restores the default responses. */
  readonly reset: () => void;
  readonly close: () => Promise<void>;
}

/** It takes 0.1 s to create one, so all proxies of a process share it. */
let shared: ReturnType<typeof generateCACertificate> | undefined;

/** Starts the proxy. NODE_EXTRA_CA_CERTS in its `env` points to a PEM file of the authority. */
export async function openInterceptingProxy(): Promise<InterceptingProxy> {
  const authority = await (shared ??= generateCACertificate());
  const directory = await mkdtemp(join(tmpdir(), "intercepting-proxy-"));
  const file = join(directory, "authority.pem");
  await writeFile(file, authority.cert);
  const server = getLocal({ https: authority, recordTraffic: false, suggestChanges: false });
  await server.start();
  let requests: ReceivedRequest[] = [];
  let replyTo: (request: ReceivedRequest) => Reply = () => ({});
  await server.forAnyRequest().thenCallback(async (request) => {
    const received: ReceivedRequest = {
      method: request.method,
      url: request.url,
      host: new URL(request.url).host,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: (await request.body.getText()) ?? "",
    };
    requests.push(received);
    const reply = replyTo(received);
    if (reply.hangUp) return "close";
    if (reply.never) return new Promise(() => undefined);
    const atGateway = received.host === "gateway.ai.cloudflare.com";
    return {
      statusCode: reply.status ?? 200,
      headers: {
        "content-type": (reply.status ?? 200) === 200 ? "text/event-stream" : "application/json",
        "cf-ray": "8f0000000000abcd-AMS",
        ...(atGateway && reply.headers === undefined
          ? { "cf-aig-log-id": "01JLOG", "cf-aig-cache-status": "MISS", "cf-aig-step": "0" }
          : reply.headers),
      },
      body: reply.body ?? streamFor(new URL(received.url).pathname),
    };
  });
  return {
    env: { HTTPS_PROXY: server.url, NODE_EXTRA_CA_CERTS: file },
    requests: () => [...requests],
    respondWith: (next) => {
      replyTo = next;
    },
    reset: () => {
      requests = [];
      replyTo = () => ({});
    },
    close: async () => {
      await server.stop();
      await removeDirectory(directory);
    },
  };
}
