/** Reads the certificate files that environment variables name. */
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";

/**
 * Both name a PEM file. Electron removes NODE_EXTRA_CA_CERTS from the environment of a packaged app
 * whose fuse `enableNodeOptionsEnvironmentVariable` is off, before any code of the app runs, so there
 * is a variable of our own. Source: Electron, shell/common/node_bindings.cc (`UnSetVar`) and
 * docs/tutorial/fuses.md (`nodeOptions`).
 */
const VARIABLES = ["MUX_SETTINGS_CA_CERTS", "NODE_EXTRA_CA_CERTS"] as const;

export interface ExtraCertificates {
  /** In PEM. */
  readonly certificates: readonly string[];
  /** A sentence for each unusable file. */
  readonly problems: readonly string[];
}

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/**
 * The certificates to trust in addition to Node's. An unreadable file or one without certificates is
 * a problem, and is then skipped, as Node does.
 */
export async function readExtraCertificates(env: NodeJS.ProcessEnv): Promise<ExtraCertificates> {
  const files = new Map<string, string>();
  for (const variable of VARIABLES) {
    const file = env[variable]?.trim();
    if (file && !files.has(file)) files.set(file, variable);
  }
  const read = await Promise.all([...files].map(([file, variable]) => readOne(file, variable)));
  return {
    certificates: [...new Set(read.flatMap(({ certificates }) => certificates))],
    problems: read.flatMap(({ problems }) => problems),
  };
}

/** The valid certificates in a PEM text, and the number of those that are not. */
export function certificatesIn(pem: string): {
  readonly certificates: readonly string[];
  readonly broken: number;
} {
  const blocks = pem.match(PEM) ?? [];
  const certificates = blocks.filter(isCertificate);
  return { certificates, broken: blocks.length - certificates.length };
}

async function readOne(file: string, variable: string): Promise<ExtraCertificates> {
  try {
    const { certificates, broken } = certificatesIn(await readFile(file, "utf8"));
    const all = certificates.length + broken;
    const problem =
      all === 0
        ? `${variable} points to ${file}, which contains no PEM certificate.`
        : broken > 0
          ? `${broken} of the ${all} certificates in ${file} (${variable}) cannot be read.`
          : null;
    return { certificates, problems: problem === null ? [] : [problem] };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    const problem = `${variable} points to ${file}, which could not be read (${code}).`;
    return { certificates: [], problems: [problem] };
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
