/** The client for the demo's tests, which uses only the demo's environment. */
import { readFileSync } from "node:fs";
import { EnvHttpProxyAgent, fetch as undiciFetch } from "undici";
import type { Demo } from "./demo";
import { CLOUDFLARE_HOST } from "./cloudflare";
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from "./names";
import { streamOf } from "./stream";

/** A fetch through the demo's proxy that trusts the demo's CA. */
export function fetchThrough(demo: Demo): typeof fetch {
  const dispatcher = new EnvHttpProxyAgent({
    httpsProxy: demo.env["HTTPS_PROXY"] ?? "",
    httpProxy: demo.env["HTTP_PROXY"] ?? "",
    noProxy: demo.env["NO_PROXY"] ?? "",
    requestTls: { ca: readFileSync(demo.env["NODE_EXTRA_CA_CERTS"] ?? "") },
  });
  return async (input, init) => {
    const { url, method, headers, body, signal } = new Request(input, init);
    const answer = await undiciFetch(url, {
      method,
      headers: [...headers],
      body,
      duplex: "half",
      signal,
      redirect: "manual",
      dispatcher,
    });
    return new Response(answer.body && streamOf(answer.body), {
      status: answer.status,
      headers: [...answer.headers],
    });
  };
}

/** The URL of a path behind one of the demo's gateways. */
export function gatewayUrl(gateway: string, path: string): string {
  return `https://${CLOUDFLARE_HOST}/v1/${DEMO_ACCOUNT_ID}/${gateway}${path}`;
}

/** A small streamed request in Anthropic's format. */
export function anthropicRequest(
  headers: Readonly<Record<string, string>> = {},
  { model = "claude-haiku-4-5", prompt = "ping" } = {},
) {
  return {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": "sk-ant-any", ...headers },
    body: JSON.stringify({
      model,
      max_tokens: 16,
      stream: true,
      messages: [{ role: "user", content: prompt }],
    }),
  };
}

/** The same request with the token of the demo's account. */
export function gatewayRequest(...[headers, options]: Parameters<typeof anthropicRequest>) {
  return anthropicRequest({ "cf-aig-authorization": `Bearer ${DEMO_TOKEN}`, ...headers }, options);
}
