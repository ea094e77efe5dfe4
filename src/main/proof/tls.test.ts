/** What TLS lets a test claim: checked certificates alone prove a route. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { CERTIFICATES_UNCHECKED } from "../../shared/certificate-check";
import { openCloudflareGateway } from "../gateway";
import type { ProviderConfig } from "../mux/provider-config";
import { EXPIRED_CERTIFICATE } from "./testing/expired-certificate";
import { openInternet, type Internet } from "./testing/internet";
import { ACCOUNT_ID, block, GATEWAY_NAME, provider, recordingLog } from "./testing/provider";
import { CHAT_STREAM } from "./testing/wire-formats";
import { probeRoute } from "./probe-route";

let internet: Internet;
beforeAll(async () => {
  internet = await openInternet();
});
afterEach(() => internet.reset());
afterAll(() => internet.close());

const routed = provider("deepseek", {}, { block: block() });
const direct = provider("deepseek");
const OFF = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };

async function report(config: ProviderConfig, env: NodeJS.ProcessEnv) {
  const log = recordingLog();
  const result = await probeRoute({ provider: config, route: "saved", model: "m", env, log });
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

describe("with the check of certificates turned off", () => {
  it.each([
    ["through the gateway", routed],
    ["direct", direct],
  ])("an answer proves no route, and the reason is given: %s", async (_, config) => {
    const env = { HTTPS_PROXY: internet.env["HTTPS_PROXY"], ...OFF };
    const { ok, verdict, evidence, notes } = await report(config, env);
    expect([ok, verdict]).toEqual([true, "unproven"]);
    expect(evidence).toContainEqual({
      kind: "tls",
      text: "The certificate was not checked, because NODE_TLS_REJECT_UNAUTHORIZED is 0",
    });
    expect(notes).toContainEqual({ code: "environment_problem", message: CERTIFICATES_UNCHECKED });
  });

  it("an answer without TLS is judged as ever, since nothing was to be checked", async () => {
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

describe("with extra certificates", () => {
  it("the issuer of the certificate that answered through a tunnel is named", async () => {
    const { verdict, evidence } = await report(routed, internet.env);
    expect(verdict).toBe("gateway");
    expect(evidence).toContainEqual({
      kind: "certificate",
      text: expect.stringMatching(/^The certificate was issued by Mockttp/),
    });
  });

  it("the issuer of the certificate that answered without a proxy is named", async () => {
    const server = createServer(EXPIRED_CERTIFICATE, (_, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : "";
    const folder = await mkdtemp(join(tmpdir(), "tls-"));
    const file = join(folder, "extra.pem");
    await writeFile(file, EXPIRED_CERTIFICATE.cert);
    const config = provider("mine", { baseUrl: `https://localhost:${port}/v1` });
    // Off, because this certificate has expired.
    const { evidence } = await report(config, { NODE_EXTRA_CA_CERTS: file, ...OFF });
    server.close();
    await rm(folder, { recursive: true });
    expect(evidence).toContainEqual({
      kind: "certificate",
      text: "The certificate was issued by localhost",
    });
  });
});

describe("over a host's own fetch", () => {
  const answer = async () =>
    new Response(CHAT_STREAM, {
      headers: { "content-type": "text/event-stream", "cf-aig-log-id": "01J" },
    });

  async function tested(more: { readonly tlsVerified?: boolean; readonly env?: typeof OFF }) {
    const home = await mkdtemp(join(tmpdir(), "tls-"));
    const gateway = { accountId: ACCOUNT_ID, gatewayName: GATEWAY_NAME };
    const providers = { deepseek: { apiKey: "key-0123456789", cloudflareGateway: gateway } };
    await writeFile(join(home, "providers.jsonc"), JSON.stringify(providers));
    const log = recordingLog();
    const opened = openCloudflareGateway({ home, env: {}, log, fetch: answer, ...more });
    const result = await opened.test("deepseek");
    await opened.close();
    await rm(home, { recursive: true });
    if (!result.success) throw new Error(result.error.message);
    const { ok, verdict, evidence } = result.data;
    return { ok, verdict, tls: evidence.filter(({ kind }) => kind === "tls") };
  }

  it("an answer proves no route, since nobody here saw the certificate", async () => {
    expect(await tested({})).toEqual({
      ok: true,
      verdict: "unproven",
      tls: [
        {
          kind: "tls",
          text: "The host program made the connection itself, so its certificate was not seen",
        },
      ],
    });
  });

  it("an answer counts when the host says that it checks certificates", async () => {
    expect(await tested({ tlsVerified: true })).toEqual({ ok: true, verdict: "gateway", tls: [] });
  });

  it("an answer proves no route when the environment turns the check off, whatever the host says", async () => {
    expect(await tested({ tlsVerified: true, env: OFF })).toMatchObject({ verdict: "unproven" });
  });
});
