import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { generateCACertificate } from "mockttp";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import type { ProviderConfig } from "../../mux/provider-config";
import type { TestReport } from "../../../shared/report";
import { openObservedClient } from "./observed-client";
import { probeRoute } from "../probe-route";
import { EXPIRED_CERTIFICATE } from "../testing/expired-certificate";
import { provider, recordingLog } from "../testing/provider";
import { CHAT_STREAM } from "../testing/wire-formats";
import { removeDirectory } from "../../text/testing/remove-directory";

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of cleanUp.splice(0)) await each();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUp.push(() => server.close());
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function pemFile(pem: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "pem-"));
  cleanUp.push(() => removeDirectory(directory));
  const file = join(directory, "authority.pem");
  await writeFile(file, pem);
  return file;
}

async function report(baseUrl: string, env: NodeJS.ProcessEnv = {}): Promise<TestReport> {
  const mine: ProviderConfig = provider("mine", { baseUrl });
  const log = recordingLog();
  const result = await probeRoute({ provider: mine, model: "m", route: "saved", env, log });
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

const rule = async (baseUrl: string, env: NodeJS.ProcessEnv = {}) => {
  const { ok, verdict, diagnosis } = await report(baseUrl, env);
  return [ok, verdict, diagnosis?.culprit, diagnosis?.rule];
};

describe("a failed connection", () => {
  it("is diagnosed when the host name does not exist", async () => {
    const found = await rule("https://no-such-host.invalid/v1");
    expect(found.slice(0, 3)).toEqual([false, "unreachable", "network"]);
    expect(found[3]).toMatch(/^dns_/);
  });

  it("is diagnosed when the port is closed", async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await rule(`http://127.0.0.1:${port}/v1`)).toEqual([
      false,
      "unreachable",
      "computer",
      "local_refused",
    ]);
  });

  it("is diagnosed when the server disconnects", async () => {
    const port = await listen(
      createTcpServer((socket) => socket.once("data", () => socket.destroy())),
    );
    expect((await rule(`http://127.0.0.1:${port}/v1`))[3]).toBe("connection_reset");
  });

  it("is diagnosed when the server does not speak HTTP", async () => {
    const port = await listen(createTcpServer((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n")));
    expect((await rule(`http://127.0.0.1:${port}/v1`))[3]).toBe("not_http");
  });

  it("is diagnosed when the server does not speak TLS", async () => {
    const port = await listen(createHttpServer());
    expect((await rule(`https://127.0.0.1:${port}/v1`))[3]).toBe("tls");
  });

  it("is diagnosed when the response is cut off", async () => {
    const port = await listen(
      createHttpServer((_, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(CHAT_STREAM.slice(0, 60), () => response.destroy());
      }),
    );
    const { ok, verdict, status, diagnosis } = await report(`http://127.0.0.1:${port}/v1`);
    expect([ok, verdict, status, diagnosis?.rule]).toEqual([
      false,
      "direct",
      200,
      "answer_broke_off",
    ]);
  });
});

describe("a certificate", () => {
  let own: { readonly key: string; readonly cert: string };
  beforeAll(async () => {
    own = await generateCACertificate();
  });
  const secure = (certificate: { readonly key: string; readonly cert: string }) =>
    listen(createHttpsServer(certificate, (_, response) => response.end()));

  it("is diagnosed when its issuer is not trusted", async () => {
    const port = await secure(own);
    expect(await rule(`https://localhost:${port}/v1`)).toEqual([
      false,
      "unreachable",
      "network",
      "certificate_untrusted",
    ]);
  });

  it("is diagnosed when it is for another host", async () => {
    const port = await secure(own);
    const NODE_EXTRA_CA_CERTS = await pemFile(own.cert);
    expect((await rule(`https://localhost:${port}/v1`, { NODE_EXTRA_CA_CERTS }))[3]).toBe(
      "certificate_wrong_host",
    );
  });

  it("is diagnosed when it has expired", async () => {
    const port = await secure(EXPIRED_CERTIFICATE);
    const NODE_EXTRA_CA_CERTS = await pemFile(EXPIRED_CERTIFICATE.cert);
    expect((await rule(`https://localhost:${port}/v1`, { NODE_EXTRA_CA_CERTS }))[3]).toBe(
      "certificate_expired",
    );
  });

  it.each([
    ["points to a missing file", async () => "/no/such/file.pem", "could not be read (ENOENT)"],
    ["contains no certificate", () => pemFile("hello"), "contains no PEM certificate"],
    [
      "contains an invalid certificate",
      () => pemFile("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
      "1 of the 1 certificates",
    ],
  ])("is diagnosed with the cause when NODE_EXTRA_CA_CERTS %s", async (_, make, sentence) => {
    const port = await secure(own);
    const NODE_EXTRA_CA_CERTS = await make();
    const found = await report(`https://localhost:${port}/v1`, { NODE_EXTRA_CA_CERTS });
    expect(found.diagnosis).toMatchObject({ culprit: "computer", rule: "certificate_file" });
    expect(found.diagnosis?.meaning).toContain(sentence);
    expect(found.notes?.map(({ code }) => code)).toEqual(["environment_problem"]);
  });
});

describe("a proxy", () => {
  /** A proxy that opens tunnels for these credentials and responds with `status` to others. */
  async function tunnelProxy(credentials: string | null, status = 407) {
    const requests: string[] = [];
    const server = createHttpServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      response.writeHead(500).end();
    });
    server.on("connect", (request, socket) => {
      requests.push(`CONNECT ${request.url}`);
      const expected = `Basic ${Buffer.from(credentials ?? "").toString("base64")}`;
      if (credentials !== null && request.headers["proxy-authorization"] !== expected) {
        socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
        return;
      }
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.once("data", () => {
        const type = "content-type: text/event-stream\r\nconnection: close";
        const echo = `x-echo: ${request.headers["proxy-authorization"]} p@ss-word`;
        socket.end(`HTTP/1.1 200 OK\r\n${type}\r\n${echo}\r\n\r\n${CHAT_STREAM}`);
      });
    });
    return { requests, port: await listen(server) };
  }

  it("receives its credentials, and the report does not contain them, when its URL has some", async () => {
    const { port, requests } = await tunnelProxy("me:p@ss-word");
    const HTTP_PROXY = `http://me:p%40ss-word@127.0.0.1:${port}`;
    const found = await report("http://llm.example.com/v1", { HTTP_PROXY });
    expect(found).toMatchObject({ ok: true, verdict: "direct" });
    expect(requests).toEqual(["CONNECT llm.example.com:80"]);
    const text = JSON.stringify(found);
    expect(text).toContain("x-echo");
    expect(text).not.toMatch(/p@ss|p%40ss/);
    expect(text).not.toContain(Buffer.from("me:p@ss-word").toString("base64"));
    expect(found.evidence[0]?.text).toBe(
      `Called llm.example.com through the proxy 127.0.0.1:${port}`,
    );
  });

  it("is blamed when it requires other credentials", async () => {
    const { port } = await tunnelProxy("me:other");
    const HTTPS_PROXY = `http://me:wrong@127.0.0.1:${port}`;
    const found = await report("https://llm.example.com/v1", { HTTPS_PROXY });
    expect(found.diagnosis?.rule).toBe("proxy_login");
    expect(found.diagnosis?.title).toContain(`127.0.0.1:${port}`);
  });

  it("is blamed when it refuses the host", async () => {
    const { port } = await tunnelProxy("me:other", 403);
    const HTTPS_PROXY = `http://127.0.0.1:${port}`;
    expect((await rule("https://llm.example.com/v1", { HTTPS_PROXY }))[3]).toBe(
      "proxy_refused_tunnel",
    );
  });

  it("is blamed when it is unreachable", async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const HTTPS_PROXY = `http://127.0.0.1:${port}`;
    expect((await rule("https://llm.example.com/v1", { HTTPS_PROXY }))[3]).toBe(
      "proxy_unreachable",
    );
    expect(
      (await rule("https://llm.example.com/v1", { https_proxy: "http://no-such.invalid" }))[3],
    ).toBe("proxy_unknown");
  });

  it.each(["no_proxy", "NO_PROXY"])("is not used when the host is in %s", async (variable) => {
    const { port: proxy, requests } = await tunnelProxy(null);
    const port = await listen(
      createHttpServer((_, response) =>
        response.writeHead(200, { "content-type": "text/event-stream" }).end(CHAT_STREAM),
      ),
    );
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy}`, [variable]: "127.0.0.1" };
    expect((await report(`http://127.0.0.1:${port}/v1`, env)).ok).toBe(true);
    expect(requests).toEqual([]);
    delete env[variable];
    expect((await report(`http://127.0.0.1:${port}/v1`, env)).ok).toBe(true);
    expect(requests).toEqual([`CONNECT 127.0.0.1:${port}`]);
  });

  it("is not used when only the process's own environment names it", async () => {
    const { port: proxy, requests } = await tunnelProxy(null);
    const before = process.env["HTTP_PROXY"];
    process.env["HTTP_PROXY"] = `http://127.0.0.1:${proxy}`;
    cleanUp.push(() => {
      if (before === undefined) delete process.env["HTTP_PROXY"];
      else process.env["HTTP_PROXY"] = before;
    });
    await report("http://no-such-host.invalid/v1");
    expect(requests).toEqual([]);
  });
});

describe("a recorded exchange", () => {
  it("keeps all of an answer, shows 64 KiB of it, and passes all of it on", async () => {
    const body = `${"x".repeat(99)}\n`.repeat(4000);
    const port = await listen(createHttpServer((_, response) => response.end(body)));
    const client = await openObservedClient({ env: {}, log: recordingLog() });
    cleanUp.push(client.close);
    const response = await client.fetch(`http://127.0.0.1:${port}/`, {
      method: "POST",
      body: "{}",
    });
    expect(await response.text()).toBe(body);
    const [seen] = client.exchanges();
    expect(seen).toMatchObject({ bodyCut: true, complete: true, status: 200, sentBody: "{}" });
    expect(seen?.body).toBe(body.slice(0, 64 * 1024));
    expect(seen?.text).toBe(body);
  });

  it("keeps the address that was asked for when a host's own fetch answers with none", async () => {
    const url = "https://api.example.com/v1";
    for (const strange of ["", "nowhere", "/relative"]) {
      const client = await openObservedClient({
        env: {},
        log: recordingLog(),
        fetch: async () => Object.defineProperty(new Response("OK"), "url", { value: strange }),
      });
      await client.fetch(url);
      expect(client.exchanges()).toMatchObject([{ url, host: "api.example.com" }]);
    }
  });

  it("has the final URL when a host's own fetch follows redirects", async () => {
    const port = await listen(
      createHttpServer((request, response) => {
        if (request.url === "/a") response.writeHead(302, { location: "/b" });
        response.end();
      }),
    );
    const client = await openObservedClient({
      env: {},
      log: recordingLog(),
      fetch: (input) => fetch(input, { redirect: "follow" }),
    });
    await client.fetch(`http://127.0.0.1:${port}/a`);
    expect(client.exchanges()[0]?.url).toBe(`http://127.0.0.1:${port}/b`);
  });

  it("has no connection steps when a host's own fetch fails", async () => {
    const client = await openObservedClient({
      env: {},
      log: recordingLog(),
      fetch: () =>
        Promise.reject(new TypeError("fetch failed", { cause: new Error("socket hang up") })),
    });
    await expect(client.fetch("https://api.example/v1")).rejects.toThrow("fetch failed");
    expect(client.exchanges()[0]?.failure).toMatchObject({ phase: "response" });
  });

  it("does not include connections made by another client in the same process", async () => {
    const port = await listen(createHttpServer((_, response) => response.end()));
    const [one, two] = await Promise.all([
      openObservedClient({ env: {}, log: recordingLog() }),
      openObservedClient({ env: {}, log: recordingLog() }),
    ]);
    cleanUp.push(one.close, two.close);
    await one.fetch(`http://127.0.0.1:${port}/`);
    expect(one.exchanges()).toHaveLength(1);
    expect(one.exchanges()[0]?.at.tcp).not.toBeNull();
    expect(two.exchanges()).toEqual([]);
  });
});
