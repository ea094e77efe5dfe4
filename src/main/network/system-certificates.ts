/** Reads the certificates that the operating system trusts, such as a company's own. */
import { readFile } from "node:fs/promises";
import * as tls from "node:tls";

import { certificatesIn } from "./extra-certificates";

/** Files with all of them, by distribution. Source: Go, crypto/x509/root_linux.go. */
const LINUX_FILES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * In PEM; empty where they cannot be read. On Linux from the file that other programs use, which
 * `SSL_CERT_FILE` can name (OpenSSL, SSL_CTX_load_verify_locations). Elsewhere from Node, since
 * version 22.15 (Node, tls.getCACertificates), which takes up to half a second.
 */
export async function systemCertificates(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Promise<readonly string[]> {
  if (platform !== "linux") return fromNode();
  const named = env["SSL_CERT_FILE"]?.trim();
  for (const file of [...(named ? [named] : []), ...LINUX_FILES]) {
    const pem = await readFile(file, "utf8").catch(() => "");
    const { certificates } = certificatesIn(pem);
    if (certificates.length > 0) return certificates;
  }
  return fromNode();
}

function fromNode(): readonly string[] {
  // Older versions of Node do not have it.
  if (!("getCACertificates" in tls) || typeof tls.getCACertificates !== "function") return [];
  try {
    const found: unknown = Reflect.apply(tls.getCACertificates, tls, ["system"]);
    return Array.isArray(found) ? found.filter((pem) => typeof pem === "string") : [];
  } catch {
    return [];
  }
}
