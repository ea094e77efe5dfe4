/** Reads NODE_EXTRA_CA_CERTS, which Electron's main process may ignore. */
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";

export interface ExtraCertificates {
  /** For TLS connections; null means Node's default. */
  readonly secureContext: SecureContext | null;
  /** A sentence about an unusable file, or null. */
  readonly problem: string | null;
}

const NONE: ExtraCertificates = { secureContext: null, problem: null };
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** Cached, because loading the root certificates takes longer than a connection. */
let cached: { readonly pem: string; readonly certificates: ExtraCertificates } | null = null;

/**
 * Reads the file and adds its certificates to Node's root certificates. An unreadable file or one
 * without certificates is a `problem`, and only Node's own are then trusted, as Node itself does.
 */
export async function readExtraCertificates(env: NodeJS.ProcessEnv): Promise<ExtraCertificates> {
  const file = env["NODE_EXTRA_CA_CERTS"]?.trim();
  if (!file) return NONE;
  try {
    const pem = await readFile(file, "utf8");
    if (cached?.pem !== pem) cached = { pem, certificates: parseCertificates(file, pem) };
    return cached.certificates;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    return {
      secureContext: null,
      problem: `NODE_EXTRA_CA_CERTS points to ${file}, which could not be read (${code}).`,
    };
  }
}

function parseCertificates(file: string, pem: string): ExtraCertificates {
  const blocks = pem.match(PEM) ?? [];
  const certificates = blocks.filter(isCertificate);
  const broken = blocks.length - certificates.length;
  const problem =
    blocks.length === 0
      ? `NODE_EXTRA_CA_CERTS points to ${file}, which contains no PEM certificate.`
      : broken > 0
        ? `${broken} of the ${blocks.length} certificates in ${file} (NODE_EXTRA_CA_CERTS) cannot be read.`
        : null;
  if (certificates.length === 0) return { secureContext: null, problem };
  const secureContext = createSecureContext({ ca: [...rootCertificates, ...certificates] });
  return { secureContext, problem };
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
