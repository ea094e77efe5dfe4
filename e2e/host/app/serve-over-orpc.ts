/** The host in a browser: the page over HTTP, and its calls over oRPC on a WebSocket. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { RPCHandler } from "@orpc/server/ws";
import { WebSocketServer } from "ws";

import { answerFile } from "./page-files";
import { router } from "./router";
import type { Services } from "./services";

/** Resolves with the page's URL, which has the secret that authenticates its calls. */
export async function serveOverOrpc(services: Services, folder: string): Promise<string> {
  const secret = randomBytes(16).toString("hex");
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const file = await answerFile(folder, new URL(request.url ?? "/", "http://localhost").pathname);
    response.writeHead(file.status, Object.fromEntries(file.headers));
    response.end(await file.text());
  };
  const server = createServer((request, response) => void answer(request, response));
  const handler = new RPCHandler(router);
  new WebSocketServer({ server }).on("connection", (socket, { url = "" }) => {
    const isAuthenticated = new URL(url, "http://localhost").searchParams.get("secret") === secret;
    void handler.upgrade(socket, { context: services.orpcContext(isAuthenticated) });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = address instanceof Object ? address.port : "";
  return `http://127.0.0.1:${port}/index.html?orpc#${secret}`;
}
