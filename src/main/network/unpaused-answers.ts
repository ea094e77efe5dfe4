/** Takes every answer off its connection as it comes, up to a limit, and never holds a connection up. */
import type { Dispatcher } from "undici";

/** An answer is longer than whoever asked is willing to take. */
export class AnswerTooLongError extends Error {
  override readonly name = "AnswerTooLongError";
  readonly code = "ANSWER_TOO_LONG";

  constructor(limit: number) {
    super(`the answer is longer than ${Math.round(limit / 1024 / 1024)} MB`);
  }
}

/**
 * An undici interceptor that breaks off an answer after `limit` bytes on the wire (before they are
 * decompressed) and until then never pauses its parser: undici 7 throws out of a socket's event, and
 * so ends the whole process, when the other side hangs up on a paused one (nodejs/undici, 5360).
 */
export function takeWithoutPausing(limit: number): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    let bytes = 0;
    return dispatch(options, {
      onRequestStart: (controller, context: unknown) => {
        controller.pause = () => undefined;
        handler.onRequestStart?.(controller, context);
      },
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStart: (...given) => handler.onResponseStart?.(...given),
      onResponseData: (controller, chunk) => {
        bytes += chunk.length;
        if (bytes > limit) controller.abort(new AnswerTooLongError(limit));
        else handler.onResponseData?.(controller, chunk);
      },
      onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
      onResponseError: (...given) => handler.onResponseError?.(...given),
    });
  };
}
