/** Reports of probes over real loopback networks with faults: proxies, web filters, certificates. */
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { createServer as createTcpServer, type Server as NetServer } from "node:net";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { EXPIRED_CERTIFICATE } from "./testing/expired-certificate";
import { openInterceptingProxy, type InterceptingProxy } from "./testing/intercepting-proxy";
import { block, provider, recordingLog } from "./testing/provider";
import { probeRoute } from "./probe-route";

const servers: NetServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function report(env: NodeJS.ProcessEnv, values: object, isRouted = false) {
  const config = provider("deepseek", { ...values }, { block: isRouted ? block() : null });
  const log = recordingLog();
  const result = await probeRoute({ provider: config, route: "saved", model: "m", env, log });
  if (!result.success) throw new Error(result.error.code);
  return result.data;
}

/** A web filter at the place of a server, without TLS. */
function webFilter(): Server {
  return createServer((_, response) => {
    response.writeHead(403, { server: "Zscaler/6.2", "content-type": "text/html" });
    response.end("<html><title>Internet Security</title>Blocked by your organization.</html>");
  });
}

describe("a proxy on the way", () => {
  const baseUrl = "https://llm.example.com/v1";

  it.each([
    [407, "proxy_login"],
    [403, "proxy_refused_tunnel"],
    [502, "proxy_refused_tunnel"],
  ])("that responds with HTTP %i to the tunnel is explained by %s", async (status, rule) => {
    const proxy = createServer().on("connect", (_, socket) =>
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`),
    );
    const port = await listen(proxy);
    const { verdict, diagnosis } = await report(
      { HTTPS_PROXY: `http://127.0.0.1:${port}` },
      { baseUrl },
    );
    expect([verdict, diagnosis?.rule]).toEqual(["unreachable", rule]);
  });

  it.each(["only-me", ":only-this"])(
    "that requires a login is explained by the incomplete one in its URL: %s",
    async (login) => {
      const logins: (string | undefined)[] = [];
      const port = await listen(
        createServer().on("connect", ({ headers }, socket) => {
          logins.push(headers["proxy-authorization"]);
          socket.end("HTTP/1.1 407 No\r\n\r\n");
        }),
      );
      const env = { HTTPS_PROXY: `http://${login}@127.0.0.1:${port}` };
      const found = await report(env, { baseUrl });
      expect(found.diagnosis).toMatchObject({
        rule: "proxy_login_incomplete",
        culprit: "computer",
        meaning: expect.stringContaining("HTTPS_PROXY has a user name or a password"),
      });
      expect(logins).toEqual([undefined]);
      expect(JSON.stringify(found)).not.toContain("only-");
    },
  );

  it.each([
    ["without a response", ""],
    ["within its response", "HTTP/1.1 2"],
  ])("that hangs up %s is named and asked once", async (_, response) => {
    let connections = 0;
    const port = await listen(
      createTcpServer((socket) => {
        connections += 1;
        socket.once("data", () => socket.end(response));
      }),
    );
    const { diagnosis } = await report({ HTTPS_PROXY: `http://127.0.0.1:${port}` }, { baseUrl });
    expect(diagnosis).toMatchObject({ rule: "proxy_broke", culprit: "network" });
    expect(diagnosis?.title).toContain(`127.0.0.1:${port}`);
    expect(connections).toBe(1);
  });

  it("that is missing is named", async () => {
    const port = await listen(createTcpServer());
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    const { diagnosis } = await report({ HTTPS_PROXY: `http://127.0.0.1:${port}` }, { baseUrl });
    expect(diagnosis).toMatchObject({ rule: "proxy_unreachable", culprit: "computer" });
  });
});

describe("a proxy that is not used", () => {
  it.each([
    ["a password with #", "http://user:p#ss@127.0.0.1:3128", "%23"],
    ["a password with /", "http://user:p/ss@127.0.0.1:3128", "%2F"],
    ["a SOCKS scheme", "socks5://127.0.0.1:1080", "SOCKS"],
    ["a PAC file", "http://127.0.0.1/proxy.pac", "PAC"],
    ["no host", "http://", "not a valid proxy URL"],
  ])(
    "because of %s is the diagnosis when the host cannot be reached",
    async (_, HTTPS_PROXY, hint) => {
      const port = await listen(createTcpServer());
      await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
      const baseUrl = `https://localhost:${port}/v1`;
      const { diagnosis } = await report({ HTTPS_PROXY }, { baseUrl });
      expect(diagnosis).toMatchObject({ rule: "proxy_not_used", culprit: "computer" });
      expect(diagnosis?.meaning).toContain(hint);
      expect(JSON.stringify(diagnosis)).not.toMatch(/p[#/]ss/);
    },
  );

  it("is the diagnosis when a web filter responds in its place", async () => {
    const port = await listen(webFilter());
    const { verdict, diagnosis } = await report(
      { HTTP_PROXY: "http://user:p#ss@127.0.0.1:3128" },
      { baseUrl: `http://localhost:${port}/v1` },
    );
    expect([verdict, diagnosis?.rule]).toEqual(["unproven", "proxy_not_used"]);
    expect(diagnosis?.meaning).toContain("%23");
  });
});

describe("a web filter on the way", () => {
  let proxy: InterceptingProxy;
  beforeAll(async () => {
    proxy = await openInterceptingProxy();
  });
  afterEach(() => proxy.reset());
  afterAll(() => proxy.close());

  it("is blamed when it blocks the gateway's host", async () => {
    proxy.respondWith(() => ({
      status: 403,
      headers: { server: "Zscaler/6.2", "cf-ray": "" },
      body: "<html><title>Internet Security</title>Blocked by your organization.</html>",
    }));
    const { verdict, diagnosis, evidence } = await report(proxy.env, {}, true);
    expect([verdict, diagnosis?.culprit, diagnosis?.rule]).toEqual([
      "unproven",
      "network",
      "network_blocked",
    ]);
    expect(evidence).toContainEqual({ kind: "header", text: "server: Zscaler/6.2" });
  });

  it("is blamed when it redirects the provider's host to its login", async () => {
    proxy.respondWith(() => ({
      status: 302,
      headers: { location: "https://login.filter.example/auth?url=x" },
    }));
    const { diagnosis } = await report(proxy.env, {});
    expect(diagnosis).toMatchObject({ culprit: "network", rule: "network_login" });
    expect(diagnosis?.meaning).toContain("login.filter.example");
  });
});

describe("an intercepted connection", () => {
  it("names the issuer of the certificate that is not trusted", async () => {
    const { generateCACertificate, getLocal } = await import("mockttp");
    const https = await generateCACertificate({ subject: { commonName: "Acme Inspection CA" } });
    const server = getLocal({ https });
    await server.start();
    await server.forAnyRequest().thenReply(200);
    const { diagnosis } = await report({}, { baseUrl: `https://localhost:${server.port}/v1` });
    await server.stop();
    expect(diagnosis?.rule).toBe("certificate_untrusted");
    expect(diagnosis?.meaning).toContain("issued by Acme Inspection CA");
  });

  it("names no issuer when the server has signed its own expired certificate", async () => {
    const port = await listen(createSecureServer(EXPIRED_CERTIFICATE));
    const { diagnosis } = await report({}, { baseUrl: `https://127.0.0.1:${port}/v1` });
    expect(diagnosis?.rule).toMatch(/^certificate_/);
  });
});

describe("any environment", () => {
  it.each([
    "http://user:p%ss@127.0.0.1:1",
    "http://%:%@127.0.0.1:1",
    "http://%E0%A4%A@127.0.0.1:1",
    "http://ä:ö@127.0.0.1:1",
    "http://[::1",
    "http://127.0.0.1:99999",
    "http://@",
    "::::",
    " http://127.0.0.1:1 ",
    "https://127.0.0.1:1",
    "\u0000",
    "http://a b@127.0.0.1:1",
    "socks://",
  ])("ends in a report and not as an internal error (%j)", async (value) => {
    const env = { HTTPS_PROXY: value, HTTP_PROXY: value, NO_PROXY: "[,*.,::" };
    const { ok, diagnosis } = await report(env, { baseUrl: "http://127.0.0.1:1/v1" });
    expect(ok).toBe(false);
    expect(diagnosis?.culprit).toMatch(/^(?:computer|network)$/);
  });
});
