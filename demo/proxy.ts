/** The demo's HTTPS proxy: with its own CA it reads every request and leads it to one loopback server. */
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

  async function open(port?: number): Promise<void> {
    await server.start(port);
    await server.forAnyRequest().thenPassThrough({
      beforeRequest: ({ url }) => ({ url: `${target}/${url}` }),
      simulateConnectionErrors: true,
    });
  }

  await open();
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
