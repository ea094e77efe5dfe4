/** A request that reached the demo, and what answering one means for every stand-in. */

export interface Arrival {
  readonly method: string;
  /** With the host that the app asked for. */
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
  /** Aborted when whoever asked has gone. */
  readonly signal: AbortSignal;
}

/** What a gateway sent on to a provider. */
export interface Forwarded {
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly response: Response;
  readonly answeredBy: "provider" | "gateway" | "cache" | "nobody";
  readonly forwarded: Forwarded | null;
}

/** Thrown by a stand-in that closes the connection where an answer is due. */
export class CutConnection extends Error {
  override readonly name = "CutConnection";
}
