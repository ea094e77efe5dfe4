/** Reports the steps of each new connection: DNS lookup, TCP connect, proxy tunnel, TLS handshake. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Socket } from "node:net";
import { checkServerIdentity, type ConnectionOptions, type PeerCertificate } from "node:tls";

import type { Connecting } from "./every-address";

/** A completed step. `tunnel`: the proxy has connected to the host. */
export type ConnectionStep = "dns" | "tcp" | "tunnel" | "tls";

export interface ConnectionWatch {
  /** Called before a connection is made; `proxy` is the proxy's host and port, or null. */
  readonly onStart: (proxy: string | null) => void;
  /**
   * Called after each step. `address` is the remote IP address, or null before it is known; `issuer`
   * names the certificate's issuer, for `tls` only.
   */
  readonly onStep: (step: ConnectionStep, address: string | null, issuer?: string | null) => void;
  /** Called with the issuer of a certificate before it is checked; not inside a proxy's tunnel. */
  readonly onCertificate: (issuer: string | null) => void;
}

export interface WatchedConnections {
  /** Watches connections made without a proxy. */
  readonly direct: Connecting;
  /** Watches connections to a proxy. */
  readonly toProxy: (proxy: string) => Connecting;
  /** TLS options inside a tunnel, where undici creates the socket itself. */
  readonly tunnelTls: Pick<ConnectionOptions, "checkServerIdentity">;
  readonly stop: () => void;
}

/** undici publishes here when a proxy has opened a tunnel (undici, docs/DiagnosticsChannel). */
const TUNNEL_CHANNEL = "undici:proxy:connected";

/** Starts watching. Connections of other clients in this process are not reported. */
export function watchConnections(watch: ConnectionWatch): WatchedConnections {
  const toProxies = new WeakSet<Socket>();
  const onTunnel = (message: unknown): void => {
    const socket = socketOf(message);
    // The channel is shared by all clients in the process.
    if (socket && toProxies.has(socket)) watch.onStep("tunnel", null);
  };
  subscribe(TUNNEL_CHANNEL, onTunnel);
  return {
    direct: {
      onStart: () => watch.onStart(null),
      onLookup: () => watch.onStep("dns", null),
      onConnect: (socket) => watch.onStep("tcp", socket.remoteAddress ?? null),
      onSecuring: (socket) => {
        const issuer = () => issuerOf(socket.getPeerCertificate());
        // Before the check, which destroys the socket when it fails.
        socket.prependOnceListener("secure", () => watch.onCertificate(issuer()));
        socket.once("secureConnect", () =>
          watch.onStep("tls", socket.remoteAddress ?? null, issuer()),
        );
      },
    },
    toProxy: (proxy) => ({
      onStart: () => watch.onStart(proxy),
      onLookup: () => watch.onStep("dns", null),
      onConnect: (socket) => {
        toProxies.add(socket);
        watch.onStep("tcp", socket.remoteAddress ?? null);
      },
      onSecuring: (socket) => toProxies.add(socket),
    }),
    tunnelTls: {
      // Called when the handshake is done and the certificate is trusted.
      checkServerIdentity: (host, certificate) => {
        watch.onStep("tls", null, issuerOf(certificate));
        return checkServerIdentity(host, certificate);
      },
    },
    stop: () => unsubscribe(TUNNEL_CHANNEL, onTunnel),
  };
}

/** The issuer's common name, else its organization. A resumed TLS session has neither. */
function issuerOf(certificate: Partial<PeerCertificate> | null): string | null {
  const { CN, O } = certificate?.issuer ?? {};
  const name = [CN, O].flat().find((each) => each !== undefined && each.trim() !== "");
  return name ?? null;
}

function socketOf(message: unknown): Socket | null {
  if (typeof message !== "object" || message === null || !("socket" in message)) return null;
  return message.socket instanceof Socket ? message.socket : null;
}
