/** Reports of probes through real proxies with faults. */
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { Server as NetServer } from "node:net";

import { afterEach, expect, it } from "vitest";

import { EXPIRED_CERTIFICATE } from "./testing/expired-certificate";
import { provider, recordingLog } from "./testing/provider";
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

/** A proxy that refuses every tunnel and records the credentials in `logins`. */
function refusingProxy(logins: (string | undefined)[] = []): Server {
  return createServer().on("connect", (request, socket) => {
    logins.push(request.headers["proxy-authorization"]);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
}

async function report(env: NodeJS.ProcessEnv, baseUrl = "https://llm.example.com/v1") {
  const config = provider("mine", { baseUrl });
  const log = recordingLog();
  const result = await probeRoute({ provider: config, route: "saved", model: "m", env, log });
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

it("blames the proxy when an https:// proxy has an untrusted certificate", async () => {
  const port = await listen(createSecureServer(EXPIRED_CERTIFICATE));
  const { diagnosis } = await report({ HTTPS_PROXY: `https://127.0.0.1:${port}` });
  expect(diagnosis).toMatchObject({
    rule: "proxy_certificate",
    title: `The certificate of the proxy 127.0.0.1:${port} is not trusted.`,
  });
});

it("suggests http:// when a plain proxy has an https:// URL", async () => {
  const port = await listen(refusingProxy());
  const { diagnosis } = await report({ HTTPS_PROXY: `https://127.0.0.1:${port}` });
  expect(diagnosis?.rule).toBe("proxy_not_tls");
  expect(diagnosis?.action).toContain("http:// instead of https:// in HTTPS_PROXY");
});

it("sends a stray percent sign literally and adds a note when the password has one", async () => {
  const logins: string[] = [];
  const port = await listen(refusingProxy(logins));
  const { diagnosis, notes } = await report({
    HTTPS_PROXY: `http://user:p%ss@127.0.0.1:${port}`,
  });
  expect(logins).toEqual([`Basic ${Buffer.from("user:p%ss").toString("base64")}`]);
  expect(diagnosis?.rule).toBe("proxy_refused_tunnel");
  expect(notes?.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^HTTPS_PROXY has a % .* write it as %25/),
  ]);
});

it("blames the invalid proxy when the host is unreachable without it", async () => {
  // The port is closed, so a connection without the proxy fails.
  const closed = createServer();
  const port = await listen(closed);
  await new Promise((resolve) => closed.close(resolve));
  const { diagnosis } = await report(
    { HTTPS_PROXY: "http://user:p#ss@127.0.0.1:3128" },
    `https://127.0.0.1:${port}/v1`,
  );
  expect(diagnosis?.rule).toBe("proxy_not_used");
  expect(diagnosis?.meaning).toMatch(/^HTTPS_PROXY has a #.*Write # as %23/);
});
