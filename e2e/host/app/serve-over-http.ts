/** The gateway over HTTP on loopback, as an example of a transport that is not Electron's IPC. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";

import {
  gatewayHandlers,
  isGatewayMethod,
  type CloudflareGateway,
} from "mux-cloudflare-gateway/main";

import { answerFile } from "./page-files";

/** Resolves with the page's URL. A real host must authenticate the caller, as for its own calls. */
export async function serveOverHttp(gateway: CloudflareGateway, folder: string): Promise<string> {
  const handlers = gatewayHandlers(gateway);

  const call = async (method: string, request: IncomingMessage): Promise<Response> => {
    if (!isGatewayMethod(method)) return new Response("Unknown method", { status: 404 });
    const message: unknown = await json(request);
    const input = message instanceof Object ? Reflect.get(message, "input") : undefined;
    return Response.json(await handlers[method](input));
  };

  const tellChanges = (response: ServerResponse): void => {
    response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    const stop = gateway.onChange((view) => response.write(`data: ${JSON.stringify(view)}\n\n`));
    response.on("close", stop);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/gateway/changes") return tellChanges(response);
    const answered = await (request.method === "POST"
      ? call(pathname.replace("/gateway/", ""), request)
      : answerFile(folder, pathname));
    response.writeHead(answered.status, Object.fromEntries(answered.headers));
    response.end(await answered.text());
  };

  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  return `http://127.0.0.1:${address instanceof Object ? address.port : ""}/index.html`;
}
