/** Tells whether the environment turns certificate checks off. */

/**
 * False when `NODE_TLS_REJECT_UNAUTHORIZED=0` turns off certificate checks (Node, command line
 * options): anyone between this computer and a host can then impersonate the host.
 */
export function checksCertificates(env: Readonly<Record<string, string | undefined>>): boolean {
  return env["NODE_TLS_REJECT_UNAUTHORIZED"] !== "0";
}

/** The warning for the user, with the remedy. */
export const CERTIFICATES_UNCHECKED =
  "NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the check of certificates. Anyone on the way can read your keys and forge answers. Remove it from the environment, then start the app again.";
