import { createServer, type IncomingMessage } from "node:http";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { withGatewayHeaders } from "./gateway-headers";

const arrived: IncomingMessage[] = [];
const server = createServer((request, response) => {
  arrived.push(request);
  response.writeHead(request.url === "/away" ? 307 : 200, { location: "/elsewhere" }).end();
});
let base = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterEach(() => arrived.splice(0));
afterAll(() => server.close());

const TOKEN = { "cf-aig-authorization": "Bearer token" };

describe("a request to any host but the gateway's", () => {
  const send = withGatewayHeaders(fetch, TOKEN);
  const written = { "CF-AIG-Authorization": "Bearer by-hand", "cf-aig-x": "1", "x-kept": "yes" };

  it.each([
    ["an object", () => send(base, { headers: written })],
    ["a list", () => send(new URL(base), { headers: Object.entries(written) })],
    ["Headers", () => send(base, { headers: new Headers(written) })],
    ["a Request", () => send(new Request(base, { headers: written }))],
  ])("loses every gateway header written as %s, and keeps the others", async (_, request) => {
    await request();
    const names = Object.keys(arrived[0]?.headers ?? {});
    expect(names.filter((name) => name.startsWith("cf-"))).toEqual([]);
    expect(names).toContain("x-kept");
  });

  it("is not repeated where a redirect points", async () => {
    const answer = await send(`${base}/away`, { redirect: "follow" });
    expect(answer.status).toBe(307);
    expect(arrived.map(({ url }) => url)).toEqual(["/away"]);
  });
});

describe("which hosts are the gateway's", () => {
  const sentTo = async (url: string): Promise<string | null> => {
    let seen: string | null = null;
    const note: typeof fetch = async (_, init) => {
      seen = new Headers(init?.headers).get("cf-aig-authorization");
      return new Response();
    };
    await withGatewayHeaders(note, TOKEN)(url);
    return seen;
  };

  it("is the one name, over TLS, on its own port", async () => {
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
  ])("is not %s", async (url) => {
    expect(await sentTo(url)).toBeNull();
  });
});
