/** Reports the steps of each new connection: DNS lookup, TCP connect, proxy tunnel, TLS handshake. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Socket } from "node:net";
import {
  checkServerIdentity,
  TLSSocket,
  type ConnectionOptions,
  type PeerCertificate,
} from "node:tls";

import type { buildConnector } from "undici";

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
}

export interface WatchedConnections {
  /** Watches connections made without a proxy. */
  readonly direct: (connect: buildConnector.connector) => buildConnector.connector;
  /** Watches connections to a proxy. */
  readonly toProxy: (connect: buildConnector.connector, proxy: string) => buildConnector.connector;
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
    direct: (connect) => (options, callback) => {
      watch.onStart(null);
      const socket = createSocket(connect, options, callback);
      watchLookup(socket, watch);
      socket?.once("connect", () => watch.onStep("tcp", socket.remoteAddress ?? null));
      socket?.once("secureConnect", () => {
        const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate() : null;
        watch.onStep("tls", socket.remoteAddress ?? null, issuerOf(certificate));
      });
    },
    toProxy: (connect, proxy) => (options, callback) => {
      watch.onStart(proxy);
      const socket = createSocket(connect, options, callback);
      if (socket) toProxies.add(socket);
      watchLookup(socket, watch);
      socket?.once("connect", () => watch.onStep("tcp", socket.remoteAddress ?? null));
    },
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

function watchLookup(socket: Socket | null, watch: ConnectionWatch): void {
  // The event also fires for a failed lookup.
  socket?.once("lookup", (error: Error | null) => {
    if (error === null) watch.onStep("dns", null);
  });
}

/** undici's connectors return the connecting socket, although their types do not declare it. */
function createSocket(
  connect: buildConnector.connector,
  options: buildConnector.Options,
  callback: buildConnector.Callback,
): Socket | null {
  const socket: unknown = connect(options, callback);
  return socket instanceof Socket ? socket : null;
}

function socketOf(message: unknown): Socket | null {
  if (typeof message !== "object" || message === null || !("socket" in message)) return null;
  return message.socket instanceof Socket ? message.socket : null;
}
