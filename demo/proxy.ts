/** The demo's HTTPS proxy: with its own CA it reads every request and leads it to one loopback server. */
import { randomInt } from "node:crypto";

import { generateCACertificate, getLocal } from "mockttp";

export interface Proxy {
  /** For `HTTPS_PROXY` and `HTTP_PROXY`; the same for as long as it lives, down or up. */
  readonly url: string;
  /** The CA that its certificates are signed by, in PEM. */
  readonly certificate: string;
  /** Cuts every connection and refuses new ones. */
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Above what servers are usually given, below what the system gives to connections. */
const PORTS = { first: 10_000, last: 32_000 } as const;

/** Making a CA takes a tenth of a second, so all proxies of a process share one. */
let authority: ReturnType<typeof generateCACertificate> | undefined;

/**
 * Starts a proxy that sends everything to `target`, with the URL that was asked for as the path:
 * there is no rule by which a request could go anywhere else.
 */
export async function startProxy(target: string): Promise<Proxy> {
  authority ??= generateCACertificate({
    subject: { commonName: "mux-cloudflare-gateway demo", organizationName: "Demo, not trusted" },
  });
  const https = await authority;
  const server = getLocal({ https, recordTraffic: false, suggestChanges: false });

  async function open(port: number | { startPort: number; endPort: number }): Promise<void> {
    await server.start(port);
    await server.forAnyRequest().thenPassThrough({
      beforeRequest: ({ url }) => ({ url: `${target}/${url}` }),
      simulateConnectionErrors: true,
    });
  }

  // Each begins to look for one somewhere else, so that no other takes that of one that is down.
  await open({ startPort: randomInt(PORTS.first, PORTS.last), endPort: PORTS.last });
  const { port } = server;
  let isUp = true;
  return {
    url: `http://127.0.0.1:${port}`,
    certificate: https.cert,
    down: async () => {
      isUp = false;
      await server.stop();
    },
    up: async () => {
      if (isUp) return;
      await open(port);
      isUp = true;
    },
    close: async () => {
      if (isUp) await server.stop();
      isUp = false;
    },
  };
}
