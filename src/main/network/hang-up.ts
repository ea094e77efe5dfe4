/** Ends the attempts to connect to a proxy that hangs up. */
import type { Socket } from "node:net";
import type { buildConnector } from "undici";

class HungUpError extends Error {
  override readonly name = "HungUpError";
  /** undici connects again after UND_ERR_SOCKET, its own code. */
  readonly code = "PROXY_HUNG_UP";

  constructor() {
    super("the proxy closed the connection without a response");
  }
}

/**
 * A connector that fails once after a connection that was closed without a response. undici
 * takes that for a passing fault of the tunnel and would ask the proxy again without end, hundreds of
 * times in a second.
 */
export function failAfterHangUp(connect: buildConnector.connector): buildConnector.connector {
  let last: Socket | null = null;
  return (options, callback) => {
    const hungUp = last !== null && last.destroyed && last.bytesRead === 0 && last.bytesWritten > 0;
    last = null;
    if (hungUp) {
      setImmediate(callback, new HungUpError(), null);
      return;
    }
    connect(options, (...args) => {
      [, last] = args;
      callback(...args);
    });
  };
}
