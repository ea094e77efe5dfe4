/** What is said of an error that nobody expected: its kind and its place, never its message. */

/** The name that a class of errors goes by; anything else could be a text from elsewhere. */
const NAME = /^[A-Z][A-Za-z]{0,40}$/;

/** What stands before the message in a stack: the name, and Node's code. */
const BEFORE_MESSAGE = /^[A-Z][A-Za-z]{0,40}(?: \[[A-Z_0-9]{1,60}\])?(?:: )?$/;

/** Enough of them to find the place. */
const FRAMES = 6;

/**
 * An error's message may quote the file, a header or an answer, and so may its other members. Of its
 * stack only what comes after the message is taken.
 */
export function aboutError(error: unknown): { readonly what: string; readonly at: string } {
  if (!(error instanceof Error)) return { what: typeof error, at: "" };
  return { what: NAME.test(error.name) ? error.name : "Error", at: placeOf(error) };
}

function placeOf({ message, stack = "" }: Error): string {
  const [before = "", ...rest] = stack.split(`${message}\n    at `);
  // Of a message that was changed afterwards, the stack still has the old one.
  if (!BEFORE_MESSAGE.test(before)) return "";
  const frames = rest.join(`${message}\n    at `).split("\n    at ");
  return frames.slice(0, FRAMES).join(" < ");
}
