/** The certificates that connections trust: Node's, those of the environment, and the system's. */
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";

import { readExtraCertificates } from "./extra-certificates";
import { systemCertificates } from "./system-certificates";

export interface TrustedCertificates {
  /** Node's and those of the environment; null means Node's default. */
  readonly secureContext: SecureContext | null;
  /** A sentence for each unusable file. */
  readonly problems: readonly string[];
  /**
   * Those and the system's, for a connection whose certificate is not trusted without them; null if
   * the system's cannot be read. Reading them takes longer than a connection, so most never are.
   */
  readonly withSystem: () => Promise<SecureContext | null>;
}

/** Cached, because loading the root certificates takes longer than a connection. */
let extraContext: CachedContext | null = null;
let systemContext: CachedContext | null = null;

interface CachedContext {
  readonly certificates: readonly string[];
  readonly context: SecureContext;
}

/** Reads the certificates that `env` names. */
export async function trustedCertificates(env: NodeJS.ProcessEnv): Promise<TrustedCertificates> {
  const { certificates, problems } = await readExtraCertificates(env);
  if (certificates.length > 0) extraContext = contextOf(certificates, extraContext);
  return {
    secureContext: certificates.length > 0 ? (extraContext?.context ?? null) : null,
    problems,
    withSystem: async () => {
      const system = await systemCertificates(env);
      if (system.length === 0) return null;
      systemContext = contextOf([...certificates, ...system], systemContext);
      return systemContext.context;
    },
  };
}

/** Whether an error says that a certificate was issued by an authority that is not trusted. */
export function isUntrusted(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 4; depth += 1) {
    if ("code" in cause && typeof cause.code === "string" && UNTRUSTED.test(cause.code))
      return true;
    ({ cause } = cause);
  }
  return false;
}

/** OpenSSL's verification errors by Node's names. */
const UNTRUSTED =
  /^(?:SELF_SIGNED_|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)_|CERT_UNTRUSTED)/;

function contextOf(certificates: readonly string[], known: CachedContext | null): CachedContext {
  const isSame =
    known?.certificates.length === certificates.length &&
    certificates.every((pem, index) => pem === known.certificates[index]);
  if (isSame) return known;
  const context = createSecureContext({ ca: [...rootCertificates, ...certificates] });
  return { certificates, context };
}
