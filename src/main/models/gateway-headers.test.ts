import { createServer, type IncomingMessage } from "node:http";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { isGatewayUrl, withGatewayHeaders } from "./gateway-headers";

const requests: IncomingMessage[] = [];
const server = createServer((request, response) => {
  requests.push(request);
  response.writeHead(request.url === "/away" ? 307 : 200, { location: "/elsewhere" }).end();
});
let base = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterEach(() => requests.splice(0));
afterAll(() => server.close());

const TOKEN = { "cf-aig-authorization": "Bearer token" };

describe("a request to another host", () => {
  const send = withGatewayHeaders(fetch, TOKEN);
  const written = { "CF-AIG-Authorization": "Bearer by-hand", "cf-aig-x": "1", "x-kept": "yes" };

  it.each([
    ["an object", () => send(base, { headers: written })],
    ["a list", () => send(new URL(base), { headers: Object.entries(written) })],
    ["Headers", () => send(base, { headers: new Headers(written) })],
    ["a Request", () => send(new Request(base, { headers: written }))],
  ])("loses only the gateway headers when they are in %s", async (_, sendRequest) => {
    await sendRequest();
    const names = Object.keys(requests[0]?.headers ?? {});
    expect(names.filter((name) => name.startsWith("cf-"))).toEqual([]);
    expect(names).toContain("x-kept");
  });

  it("is not repeated when the response is a redirect", async () => {
    const response = await send(`${base}/away`, { redirect: "follow" });
    expect(response.status).toBe(307);
    expect(requests.map(({ url }) => url)).toEqual(["/away"]);
  });
});

describe("the gateway's token", () => {
  const sentTo = async (url: string): Promise<string | null> => {
    let token: string | null = null;
    const record: typeof fetch = async (_, init) => {
      token = new Headers(init?.headers).get("cf-aig-authorization");
      return new Response();
    };
    await withGatewayHeaders(record, TOKEN)(url);
    return token;
  };

  it("is sent when the URL is on the gateway's host, over TLS and on the default port", async () => {
    expect(await sentTo("https://gateway.ai.cloudflare.com/v1/a/b")).toBe("Bearer token");
    expect(await sentTo("https://GATEWAY.ai.cloudflare.com:443/v1/a/b")).toBe("Bearer token");
  });

  it.each([
    "http://gateway.ai.cloudflare.com/v1",
    "https://gateway.ai.cloudflare.com:8443/v1",
    "https://gateway.ai.cloudflare.com.evil.example/v1",
    "https://evil.example/gateway.ai.cloudflare.com",
    "https://evil.example/?https://gateway.ai.cloudflare.com",
    "https://api.cloudflare.com/v1",
    "https://api.anthropic.com/v1",
  ])("is not sent when the URL is %s", async (url) => {
    expect(await sentTo(url)).toBeNull();
  });
});

describe("the URL of a custom domain", () => {
  it.each([
    ["https://ai.example.com/openai", true],
    ["https://AI.example.com/openai", true],
    ["https://ai.example.com:443/openai", true],
    ["http://ai.example.com/openai", false],
    ["https://ai.example.com:8443/openai", false],
    ["https://ai.example.com./openai", false],
    ["https://user@ai.example.com/openai", false],
    ["https://ai.example.com.evil.example/openai", false],
    ["https://x.ai.example.com/openai", false],
    ["https://ai.example.com@evil.example/openai", false],
    ["https://gateway.ai.cloudflare.com/v1/a/b/openai", false],
  ])("is the gateway's only on exactly that host over TLS: %s", (url, isGateway) => {
    expect(isGatewayUrl(new URL(url), "ai.example.com")).toBe(isGateway);
    expect(isGatewayUrl(new URL("https://ai.example.com/openai"))).toBe(false);
  });
});
