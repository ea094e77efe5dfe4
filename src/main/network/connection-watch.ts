/** Tells the steps of each real connection: name looked up, connected, tunnel open, TLS agreed. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Socket } from "node:net";
import {
  checkServerIdentity,
  TLSSocket,
  type ConnectionOptions,
  type PeerCertificate,
} from "node:tls";

import type { buildConnector } from "undici";

/** A step that has just ended. `tunnel`: the proxy has opened the way to the host. */
export type ConnectionStep = "dns" | "tcp" | "tunnel" | "tls";

export interface ConnectionWatch {
  /** A connection is about to be made; `proxy` is the proxy's host and port, null without one. */
  readonly started: (proxy: string | null) => void;
  /**
   * `address` is the IP address on the other end of the socket, or null before there is one;
   * `issuer` comes with `tls` alone and names who issued the certificate.
   */
  readonly reached: (step: ConnectionStep, address: string | null, issuer?: string | null) => void;
}

export interface WatchedConnections {
  /** Watches connections straight to the host. */
  readonly direct: (connect: buildConnector.connector) => buildConnector.connector;
  /** Watches connections to a proxy. */
  readonly toProxy: (connect: buildConnector.connector, proxy: string) => buildConnector.connector;
  /** Options for TLS inside a tunnel, where undici makes the socket itself. */
  readonly tunnelTls: Pick<ConnectionOptions, "checkServerIdentity">;
  readonly stop: () => void;
}

/** undici's channel for a tunnel that a proxy has opened (undici, docs/DiagnosticsChannel). */
const TUNNEL_CHANNEL = "undici:proxy:connected";

/** Starts to watch. Connections of other clients in this process are not reported. */
export function watchConnections(watch: ConnectionWatch): WatchedConnections {
  const toProxies = new WeakSet<Socket>();
  const onTunnel = (message: unknown): void => {
    const socket = socketOf(message);
    // The channel is the whole process's: another client's tunnel is not ours.
    if (socket && toProxies.has(socket)) watch.reached("tunnel", null);
  };
  subscribe(TUNNEL_CHANNEL, onTunnel);
  return {
    direct: (connect) => (options, callback) => {
      watch.started(null);
      const socket = madeBy(connect, options, callback);
      watchName(socket, watch);
      socket?.once("connect", () => watch.reached("tcp", socket.remoteAddress ?? null));
      socket?.once("secureConnect", () => {
        const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate() : null;
        watch.reached("tls", socket.remoteAddress ?? null, issuerOf(certificate));
      });
    },
    toProxy: (connect, proxy) => (options, callback) => {
      watch.started(proxy);
      const socket = madeBy(connect, options, callback);
      if (socket) toProxies.add(socket);
      watchName(socket, watch);
      socket?.once("connect", () => watch.reached("tcp", socket.remoteAddress ?? null));
    },
    tunnelTls: {
      // Called once the handshake is done and the certificate is trusted, just before it is used.
      checkServerIdentity: (host, certificate) => {
        watch.reached("tls", null, issuerOf(certificate));
        return checkServerIdentity(host, certificate);
      },
    },
    stop: () => unsubscribe(TUNNEL_CHANNEL, onTunnel),
  };
}

/** The common name of the issuer, else its organization. A connection that is resumed shows none. */
function issuerOf(certificate: Partial<PeerCertificate> | null): string | null {
  const { CN, O } = certificate?.issuer ?? {};
  const name = [CN, O].flat().find((each) => each !== undefined && each.trim() !== "");
  return name ?? null;
}

function watchName(socket: Socket | null, watch: ConnectionWatch): void {
  // Told for a failed look-up too, which is no step that was reached.
  socket?.once("lookup", (error: Error | null) => {
    if (error === null) watch.reached("dns", null);
  });
}

/** undici's connectors answer the socket that they are connecting, which their types do not say. */
function madeBy(
  connect: buildConnector.connector,
  options: buildConnector.Options,
  callback: buildConnector.Callback,
): Socket | null {
  const made: unknown = connect(options, callback);
  return made instanceof Socket ? made : null;
}

function socketOf(message: unknown): Socket | null {
  if (typeof message !== "object" || message === null || !("socket" in message)) return null;
  return message.socket instanceof Socket ? message.socket : null;
}
