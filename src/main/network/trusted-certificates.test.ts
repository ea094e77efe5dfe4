/** Which certificates a connection trusts, with real servers that have an authority of their own. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tls from "node:tls";

import { generateCACertificate, getLocal } from "mockttp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { openHttpClient, type HttpClient } from "./http-client";
import { systemCertificates } from "./system-certificates";
import { removeDirectory } from "../text/testing/remove-directory";

const log = { info: () => undefined, warn: () => undefined };
const server = { url: "", received: 0 };
let directory: string;
let authority: { readonly key: string; readonly cert: string };
let file: string;
let otherFile: string;
let close: () => Promise<void>;
const opened: HttpClient[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "certificates-"));
  authority = await generateCACertificate();
  file = join(directory, "authority.pem");
  otherFile = join(directory, "other.pem");
  await writeFile(file, authority.cert);
  await writeFile(otherFile, (await generateCACertificate()).cert);
  // The server's certificate is issued by the authority, as a company's proxy does it.
  const company = getLocal({ https: { ...authority, defaultDomain: "localhost" } });
  await company.start();
  await company.forAnyRequest().thenCallback(() => {
    server.received += 1;
    return { statusCode: 200, body: "hello" };
  });
  server.url = company.url;
  close = () => company.stop();
});

afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
  server.received = 0;
});

afterAll(async () => {
  await close();
  await removeDirectory(directory);
});

async function open(env: NodeJS.ProcessEnv): Promise<HttpClient> {
  // No file that exists, so that the computer's own certificates do not decide.
  const client = await openHttpClient({ env: { SSL_CERT_FILE: otherFile, ...env }, log });
  opened.push(client);
  return client;
}

/** The body, or the code of the certificate's error. */
async function get(client: HttpClient, url = server.url, init: RequestInit = {}): Promise<string> {
  try {
    const response = await client.fetch(url, { redirect: "manual", ...init });
    return await response.text();
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null;
    return cause instanceof Error && "code" in cause ? String(cause.code) : String(error);
  }
}

describe("a connection to a server of a private authority", () => {
  it.each(["MUX_SETTINGS_CA_CERTS", "NODE_EXTRA_CA_CERTS"])(
    "is trusted when %s names its certificate",
    async (variable) => {
      const client = await open({ [variable]: file });
      expect(await get(client)).toBe("hello");
      expect(client.trustsExtraCertificates).toBe(true);
    },
  );

  it("is trusted when both variables name files and one of them is missing", async () => {
    const missing = join(directory, "none.pem");
    const client = await open({ MUX_SETTINGS_CA_CERTS: missing, NODE_EXTRA_CA_CERTS: file });
    expect(client.problems).toEqual([
      `MUX_SETTINGS_CA_CERTS points to ${missing}, which could not be read (ENOENT).`,
    ]);
    expect(await get(client)).toBe("hello");
  });

  it("is refused when nothing trusts the authority", async () => {
    const client = await open({});
    expect(await get(client)).toMatch(/^UNABLE_TO_|^SELF_SIGNED_/);
    expect(server.received).toBe(0);
  });
});

// Other systems keep their certificates in a store, to which a test must not add one.
describe.runIf(process.platform === "linux")("a connection that the system trusts", () => {
  const body = { method: "POST", body: "question" };

  it("is trusted without a variable, and gets the request once", async () => {
    const client = await open({ SSL_CERT_FILE: file });
    expect(client.trustsExtraCertificates).toBe(false);
    expect(await get(client, server.url, body)).toBe("hello");
    expect(client.trustsExtraCertificates).toBe(true);
    expect(await get(client, server.url, body)).toBe("hello");
    expect(server.received).toBe(2);
  });

  it("is trusted through a proxy's tunnel", async () => {
    const client = await open({
      SSL_CERT_FILE: file,
      HTTPS_PROXY: server.url.replace("https", "http"),
    });
    expect(await get(client, "https://gateway.example/v1", body)).toBe("hello");
    expect(server.received).toBe(1);
  });

  it("is trusted when several requests start at the same time", async () => {
    const client = await open({ SSL_CERT_FILE: file });
    const all = await Promise.all(Array.from({ length: 5 }, () => get(client)));
    expect(all).toEqual(Array.from({ length: 5 }, () => "hello"));
    expect(server.received).toBe(5);
  });

  it("is refused when only its host is wrong", async () => {
    const own = createServer(authority, (_, response) => response.end());
    await new Promise<void>((resolve) => own.listen(0, "127.0.0.1", resolve));
    const address = own.address() satisfies AddressInfo | string | null;
    const port = typeof address === "object" ? address?.port : 0;
    const client = await open({ SSL_CERT_FILE: file });
    expect(await get(client, `https://localhost:${port}`)).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
    own.close();
  });

  it("is not tried again when a redirect may have sent the request already", async () => {
    const client = await open({ SSL_CERT_FILE: file });
    expect(await get(client, server.url, { ...body, redirect: "follow" })).toMatch(
      /^UNABLE_TO_|^SELF/,
    );
    expect(server.received).toBe(0);
  });
});

describe("the system's certificates", () => {
  it.runIf(process.platform === "linux")(
    "are those of the file that other programs use",
    async () => {
      expect(await systemCertificates({ SSL_CERT_FILE: file })).toEqual([authority.cert.trim()]);
    },
  );

  it("are read without an error in every version of Node", async () => {
    const found = await systemCertificates({}, "darwin");
    expect(found.every((pem) => pem.startsWith("-----BEGIN CERTIFICATE-----"))).toBe(true);
    expect(found.length > 0).toBe("getCACertificates" in tls);
  });
});
