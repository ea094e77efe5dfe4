/** Makes texts from Cloudflare's API safe to show. */
import { harmless, shortened } from "../text/harmless-text";
import { redactedBeginning, type Redact } from "../text/redact";

/** The longest text of Cloudflare's that is shown, in UTF-16 code units. */
const LONGEST = 200;

/** The text without secrets, on one line, and at most 200 code units long. */
export function apiText(text: string, redact: Redact): string {
  return shortened(harmless(redactedBeginning(text, redact)), LONGEST);
}
