/** Ends the attempts to connect through a proxy that hangs up. */
import type { Dispatcher } from "undici";

class HungUpError extends Error {
  override readonly name = "HungUpError";
  /** undici connects again after UND_ERR_SOCKET, its own code. */
  readonly code = "PROXY_HUNG_UP";

  constructor() {
    super("the proxy closed the connection without a complete response");
  }
}

/**
 * An undici interceptor for the requests to a proxy. If the proxy closes the connection before the end of
 * its response, undici takes this for a temporary failure. It would ask the proxy again without end,
 * thousands of times per second.
 */
export const failAfterHangUp: Dispatcher.DispatcherComposeInterceptor =
  (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart: (...args) => handler.onRequestStart?.(...args),
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (controller, error) => {
        const isHangUp = "code" in error && error.code === "UND_ERR_SOCKET";
        handler.onResponseError?.(controller, isHangUp ? new HungUpError() : error);
      },
    });
