/** A probe proves a route only when the certificate was checked. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { CERTIFICATES_UNCHECKED } from "../../shared/certificate-check";
import { openCloudflareGateway } from "../gateway";
import type { ProviderConfig } from "../mux/provider-config";
import { EXPIRED_CERTIFICATE } from "./testing/expired-certificate";
import { openInterceptingProxy, type InterceptingProxy } from "./testing/intercepting-proxy";
import { ACCOUNT_ID, block, GATEWAY_NAME, provider, recordingLog } from "./testing/provider";
import { CHAT_STREAM } from "./testing/wire-formats";
import { probeRoute } from "./probe-route";
import { removeDirectory } from "../text/testing/remove-directory";

let proxy: InterceptingProxy;
beforeAll(async () => {
  proxy = await openInterceptingProxy();
});
afterEach(() => proxy.reset());
afterAll(() => proxy.close());

const routed = provider("deepseek", {}, { block: block() });
const direct = provider("deepseek");
const OFF = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };

async function report(config: ProviderConfig, env: NodeJS.ProcessEnv) {
  const log = recordingLog();
  const result = await probeRoute({ provider: config, route: "saved", model: "m", env, log });
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

describe("a probe without certificate checks", () => {
  it.each([
    ["the gateway", routed],
    ["direct", direct],
  ])("proves no route and reports why when the route is %s", async (_, config) => {
    const env = { HTTPS_PROXY: proxy.env["HTTPS_PROXY"], ...OFF };
    const { ok, verdict, evidence, notes } = await report(config, env);
    expect([ok, verdict]).toEqual([true, "unproven"]);
    expect(evidence).toContainEqual({
      kind: "tls",
      text: "The certificate was not checked, because NODE_TLS_REJECT_UNAUTHORIZED is 0",
    });
    expect(notes).toContainEqual({ code: "environment_problem", message: CERTIFICATES_UNCHECKED });
  });

  it("proves the direct route when the base URL is plain HTTP", async () => {
    const { createServer: createPlainServer } = await import("node:http");
    const server = createPlainServer((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).end(CHAT_STREAM);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : "";
    const local = provider("mine", { baseUrl: `http://127.0.0.1:${port}/v1` });
    const { verdict } = await report(local, OFF);
    server.close();
    expect(verdict).toBe("direct");
  });
});

describe("a probe with extra certificates", () => {
  it("names the certificate's issuer when it uses a tunnel", async () => {
    const { verdict, evidence } = await report(routed, proxy.env);
    expect(verdict).toBe("gateway");
    expect(evidence).toContainEqual({
      kind: "certificate",
      text: expect.stringMatching(/^The certificate was issued by Mockttp/),
    });
  });

  it("names the certificate's issuer without a proxy", async () => {
    const server = createServer(EXPIRED_CERTIFICATE, (_, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : "";
    const folder = await mkdtemp(join(tmpdir(), "tls-"));
    const file = join(folder, "extra.pem");
    await writeFile(file, EXPIRED_CERTIFICATE.cert);
    const config = provider("mine", { baseUrl: `https://localhost:${port}/v1` });
    // Checks are off, because this certificate has expired.
    const { evidence } = await report(config, { NODE_EXTRA_CA_CERTS: file, ...OFF });
    server.close();
    await removeDirectory(folder);
    expect(evidence).toContainEqual({
      kind: "certificate",
      text: "The certificate was issued by localhost",
    });
  });
});

describe("a probe over a host's own fetch", () => {
  const respond = async () =>
    new Response(CHAT_STREAM, {
      headers: { "content-type": "text/event-stream", "cf-aig-log-id": "01J" },
    });

  async function outcome(options: { readonly tlsVerified?: boolean; readonly env?: typeof OFF }) {
    const home = await mkdtemp(join(tmpdir(), "tls-"));
    const gateway = { accountId: ACCOUNT_ID, gatewayName: GATEWAY_NAME };
    const providers = { deepseek: { apiKey: "key-0123456789", cloudflareGateway: gateway } };
    await writeFile(join(home, "providers.jsonc"), JSON.stringify(providers));
    const log = recordingLog();
    const opened = openCloudflareGateway({ home, env: {}, log, fetch: respond, ...options });
    const result = await opened.test("deepseek");
    await opened.close();
    await removeDirectory(home);
    if (!result.success) throw new Error(result.error.message);
    const { ok, verdict, evidence } = result.data;
    return { ok, verdict, tls: evidence.filter(({ kind }) => kind === "tls") };
  }

  it("proves no route when the host does not check certificates", async () => {
    expect(await outcome({})).toEqual({
      ok: true,
      verdict: "unproven",
      tls: [
        {
          kind: "tls",
          text: "The host program made the connection itself, so its certificate was not observed",
        },
      ],
    });
  });

  it("proves the route when the host checks certificates", async () => {
    expect(await outcome({ tlsVerified: true })).toEqual({ ok: true, verdict: "gateway", tls: [] });
  });

  it("proves no route when the process disables the checks and our environment does not", async () => {
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      expect(await outcome({ tlsVerified: true })).toMatchObject({ verdict: "unproven" });
    } finally {
      delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    }
  });

  it("proves no route when the environment disables the checks", async () => {
    expect(await outcome({ tlsVerified: true, env: OFF })).toMatchObject({ verdict: "unproven" });
  });
});
