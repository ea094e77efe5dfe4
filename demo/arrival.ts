/** The request and responder types shared by all stand-ins. */

export interface Arrival {
  readonly method: string;
  /** With the host that the app requested. */
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
}

/** The request that a gateway forwarded to a provider. */
export interface Forwarded {
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly response: Response;
  readonly answeredBy: "provider" | "gateway" | "cache" | "api" | "none";
  readonly forwarded: Forwarded | null;
}

/** Thrown by a stand-in to close the connection instead of responding. */
export class CutConnection extends Error {
  override readonly name = "CutConnection";
}
