/** Connects to whichever of a host's addresses answers first. */
import { lookup as lookUpName, type LookupAddress } from "node:dns";
import { connect as connectTcp, isIP, Socket } from "node:net";
import { TLSSocket } from "node:tls";

import type { buildConnector } from "undici";

/** A new attempt starts after this time, in milliseconds, while the earlier ones go on (RFC 8305). */
const NEXT_ATTEMPT_MS = 250;

/** undici's own setting for a socket that it creates. */
const KEEP_ALIVE_MS = 60_000;

export type Lookup = (
  hostname: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

export interface Addresses {
  readonly hostname: string;
  readonly port: number;
  /** For all attempts together, in milliseconds. */
  readonly timeoutMs: number;
  readonly onLookup: () => void;
  readonly lookup?: Lookup;
}

/** No attempt to reach any address of a host succeeded. `errors` has one error for each address. */
export class NoAddressError extends AggregateError {
  override readonly name = "NoAddressError";
  readonly code: string;

  constructor(hostname: string, errors: readonly NodeJS.ErrnoException[]) {
    super(errors, `none of the ${errors.length} addresses of ${hostname} could be reached`);
    this.code = errors[0]?.code ?? "UND_ERR_CONNECT_TIMEOUT";
  }
}

/**
 * Looks up a host and connects to all of its addresses in turn, without ending an attempt because
 * the next one has started: Node's own search gives each address only 250 ms, which a slow network
 * exceeds. The first connection is used and the others are closed.
 */
export function connectToAny(
  { hostname, port, timeoutMs, onLookup, lookup = lookUpAll }: Addresses,
  done: (...args: buildConnector.CallbackArgs) => void,
): void {
  const pending = new Map<string, Socket>();
  const errors: NodeJS.ErrnoException[] = [];
  let waiting: readonly LookupAddress[] = [];
  let next: NodeJS.Timeout | undefined;
  let isDone = false;

  const finish = (...args: buildConnector.CallbackArgs): void => {
    if (isDone) return;
    isDone = true;
    clearTimeout(limit);
    clearTimeout(next);
    const [, used] = args;
    for (const socket of pending.values()) if (socket !== used) socket.destroy();
    done(...args);
  };
  const limit = setTimeout(() => {
    const open = [...pending.keys()].map((address) => timeout(address, port));
    finish(failureOf(hostname, [...errors, ...open]), null);
  }, timeoutMs);
  const attempt = (): void => {
    clearTimeout(next);
    const [first, ...rest] = waiting;
    if (isDone || first === undefined) return;
    waiting = rest;
    if (rest.length > 0) next = setTimeout(attempt, NEXT_ATTEMPT_MS);
    const { address } = first;
    const socket = connectTcp({ host: address, port });
    pending.set(address, socket);
    socket.once("connect", () => {
      socket.removeListener("error", onError);
      finish(null, socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS));
    });
    const onError = (error: NodeJS.ErrnoException): void => {
      pending.delete(address);
      errors.push(error);
      if (waiting.length > 0) attempt();
      else if (pending.size === 0) finish(failureOf(hostname, errors), null);
    };
    socket.once("error", onError);
  };
  lookup(hostname, (error, addresses) => {
    if (error !== null) {
      finish(error, null);
      return;
    }
    onLookup();
    waiting = alternating(addresses);
    attempt();
  });
}

/** Follows the steps of a connection. */
export interface Connecting {
  readonly onStart: () => void;
  /** After a successful lookup of a name. */
  readonly onLookup: () => void;
  readonly onConnect: (socket: Socket) => void;
  /** Before the TLS handshake. */
  readonly onSecuring: (socket: TLSSocket) => void;
}

/** A connector that reaches a name over any of its addresses, and an IP address as `connect` does. */
export function toAnyAddress(
  connect: buildConnector.connector,
  timeoutMs: number,
  watch: Connecting | null,
): buildConnector.connector {
  return (options, callback) => {
    const { hostname, protocol } = options;
    watch?.onStart();
    if (!isName(hostname)) {
      const socket = socketOf(connect(options, callback));
      socket?.once("connect", () => watch?.onConnect(socket));
      if (socket instanceof TLSSocket) watch?.onSecuring(socket);
      return;
    }
    const port = Number(options.port) || (protocol === "https:" ? 443 : 80);
    const onLookup = () => watch?.onLookup();
    connectToAny({ hostname, port, timeoutMs, onLookup }, (...[error, connected]) => {
      if (connected === null) {
        callback(error, null);
        return;
      }
      watch?.onConnect(connected);
      if (protocol === "https:") {
        const socket = socketOf(connect({ ...options, httpSocket: connected }, callback));
        if (socket instanceof TLSSocket) watch?.onSecuring(socket);
      } else callback(null, connected);
    });
  };
}

/** undici's connectors return the connecting socket, although their types do not declare it. */
function socketOf(value: unknown): Socket | null {
  return value instanceof Socket ? value : null;
}

/** Whether a host is a name, which can have several addresses. */
function isName(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, "")) === 0;
}

function lookUpAll(hostname: string, callback: Parameters<Lookup>[1]): void {
  lookUpName(hostname, { all: true }, callback);
}

/** Alternates the families, starting with the one that the system prefers (RFC 8305). */
function alternating(addresses: readonly LookupAddress[]): readonly LookupAddress[] {
  const preferred = addresses[0]?.family;
  const first = addresses.filter(({ family }) => family === preferred);
  const second = addresses.filter(({ family }) => family !== preferred);
  return first
    .flatMap((address, index) => [address, ...second.slice(index, index + 1)])
    .concat(second.slice(first.length));
}

function timeout(address: string, port: number): NodeJS.ErrnoException {
  const target = isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
  return Object.assign(new Error(`connect ETIMEDOUT ${target}`), { code: "ETIMEDOUT" });
}

/** The error of a single address, else one that has them all. */
function failureOf(hostname: string, errors: readonly NodeJS.ErrnoException[]): Error {
  const [only] = errors;
  return only && errors.length === 1 ? only : new NoAddressError(hostname, errors);
}
