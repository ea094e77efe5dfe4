/** The certificates of NODE_EXTRA_CA_CERTS, read here because Electron's main process may not do so itself. */
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";

export interface ExtraCertificates {
  /** What TLS connections are checked with; null leaves Node's own. */
  readonly secureContext: SecureContext | null;
  /** What is wrong with the file, as a sentence, or null. */
  readonly problem: string | null;
}

const NONE: ExtraCertificates = { secureContext: null, problem: null };
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** Loading the roots again for each connection takes longer than the rest of it. */
let latest: { readonly pem: string; readonly made: ExtraCertificates } | null = null;

/**
 * Reads the file and adds its certificates to Node's own roots. A file that cannot be read or holds
 * no certificate is a `problem`, and connections are then checked with Node's own roots alone, as
 * Node itself does.
 */
export async function readExtraCertificates(env: NodeJS.ProcessEnv): Promise<ExtraCertificates> {
  const file = env["NODE_EXTRA_CA_CERTS"]?.trim();
  if (!file) return NONE;
  try {
    const pem = await readFile(file, "utf8");
    if (latest?.pem !== pem) latest = { pem, made: trusting(file, pem) };
    return latest.made;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    return {
      secureContext: null,
      problem: `NODE_EXTRA_CA_CERTS names ${file}, which could not be read (${code}).`,
    };
  }
}

function trusting(file: string, pem: string): ExtraCertificates {
  const blocks = pem.match(PEM) ?? [];
  const certificates = blocks.filter(isCertificate);
  const broken = blocks.length - certificates.length;
  const problem =
    blocks.length === 0
      ? `NODE_EXTRA_CA_CERTS names ${file}, which holds no PEM certificate.`
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
