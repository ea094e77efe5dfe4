/** Describes an unexpected error by its class and place, never by its message. */

/** The name of an error class. Any other text could contain a secret. */
const NAME = /^[A-Z][A-Za-z]{0,40}$/;

/** The text before the message in a stack: the name, and Node's code. */
const BEFORE_MESSAGE = /^[A-Z][A-Za-z]{0,40}(?: \[[A-Z_0-9]{1,60}\])?(?:: )?$/;

/** Enough stack frames to locate the error. */
const FRAMES = 6;

/**
 * An error's message and other members may quote the file, a header or a response. Only the part of
 * the stack after the message is used.
 */
export function aboutError(error: unknown): { readonly what: string; readonly at: string } {
  if (!(error instanceof Error)) return { what: typeof error, at: "" };
  return { what: NAME.test(error.name) ? error.name : "Error", at: placeOf(error) };
}

function placeOf({ message, stack = "" }: Error): string {
  const [before = "", ...rest] = stack.split(`${message}\n    at `);
  // If the message was changed later, the stack still contains the original one.
  if (!BEFORE_MESSAGE.test(before)) return "";
  const frames = rest.join(`${message}\n    at `).split("\n    at ");
  return frames.slice(0, FRAMES).join(" < ");
}
