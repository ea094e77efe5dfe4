/** Reads every response without pausing its connection, up to a limit. */
import type { Dispatcher } from "undici";

/** Thrown when a response exceeds the limit of its reader. */
export class ResponseTooLongError extends Error {
  override readonly name = "ResponseTooLongError";
  readonly code = "RESPONSE_TOO_LONG";

  constructor(limit: number) {
    super(`the response is longer than ${Math.round(limit / 1024 / 1024)} MB`);
  }
}

/**
 * An undici interceptor that aborts a response after `limit` bytes on the wire, before they are
 * decompressed, and never pauses the parser. When the server closes a paused connection, undici 7
 * throws in a socket event, which ends the process (nodejs/undici, 5360).
 */
export function readWithoutPausing(limit: number): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    let bytes = 0;
    return dispatch(options, {
      onRequestStart: (controller, context: unknown) => {
        controller.pause = () => undefined;
        handler.onRequestStart?.(controller, context);
      },
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (controller, chunk) => {
        bytes += chunk.length;
        if (bytes > limit) controller.abort(new ResponseTooLongError(limit));
        else handler.onResponseData?.(controller, chunk);
      },
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    });
  };
}
