/** Whether the environment lets anyone pass for a host. */

/**
 * False when `NODE_TLS_REJECT_UNAUTHORIZED=0` turns off the check of certificates (Node, command
 * line options): whoever is on the way can then answer in a host's place.
 */
export function checksCertificates(env: Readonly<Record<string, string | undefined>>): boolean {
  return env["NODE_TLS_REJECT_UNAUTHORIZED"] !== "0";
}

/** What that means for the person whose keys are sent, and what to do. */
export const CERTIFICATES_UNCHECKED =
  "NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the check of certificates. Anyone on the way can read your keys and forge answers. Remove it from the environment, then start the app again.";
