/** The demo's HTTPS proxy: decrypts every request with its own CA and sends it to one loopback server. */
import { randomInt } from "node:crypto";

import { generateCACertificate, getLocal } from "mockttp";

export interface Proxy {
  /** The value for `HTTPS_PROXY` and `HTTP_PROXY`; it does not change during an outage. */
  readonly url: string;
  /** The CA certificate, in PEM. */
  readonly certificate: string;
  /** Closes every connection and refuses new ones. */
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Ports above those of common servers and below the system's ephemeral ports. */
const PORTS = { first: 10_000, last: 32_000 } as const;

/** Creating a CA takes 0.1 s, so all proxies of a process share one. */
let authority: ReturnType<typeof generateCACertificate> | undefined;

/**
 * Starts a proxy that sends every request to `target`, with the requested URL as the path. No rule
 * lets a request go anywhere else.
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

  // Each proxy searches from a different port, so that none takes the port of a stopped one.
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
