/** Handles every request of a page with the app's handler or refuses it. None reaches a network. */
import { STATUS_CODES } from "node:http";

import { headersOf, requestOf } from "./protocol.mjs";
import { notImitated } from "./strict.mjs";

/** @typedef {import("./electron-module.mjs").Imitation} Imitation */
/** @typedef {import("./devtools.mjs").DevToolsSession} DevToolsSession */

/** URLs that contain their own content. */
const CONTENT_IN_ITSELF = /^(?:data|blob|about):/;

/**
 * Responds to one request paused by Chromium. Never rejects: a closed page needs no response.
 *
 * @param {any} paused `Fetch.requestPaused`
 * @param {{ session: DevToolsSession, imitation: Imitation, mayNavigate: () => Promise<boolean>, developmentOrigin: string | undefined }} page
 *   developmentOrigin: the loopback server that the app loaded its page from, if it did
 */
export async function servePaused(paused, { session, imitation, mayNavigate, developmentOrigin }) {
  const { requestId, request, resourceType } = paused;
  /** @param {string} errorReason */
  const fail = (errorReason) => session.send("Fetch.failRequest", { requestId, errorReason });
  try {
    const url = imitation.schemes.toApp(request.url);
    if (resourceType === "Document" && !(await mayNavigate())) {
      await fail("Aborted");
      return;
    }
    const scheme = imitation.schemes.schemeOf(url);
    if (scheme === undefined) {
      if (CONTENT_IN_ITSELF.test(url) || new URL(url).origin === developmentOrigin) {
        await session.send("Fetch.continueRequest", { requestId });
        return;
      }
      process.stderr.write(
        `chromium-electron: refused to fetch ${url}: only the app's own scheme is served here.\n`,
      );
      await fail("BlockedByClient");
      return;
    }
    // Chromium requests it automatically, Electron does not.
    if (resourceType === "Other" && new URL(request.url).pathname === "/favicon.ico") {
      await session.send("Fetch.fulfillRequest", { requestId, responseCode: 204 });
      return;
    }
    // Chromium's FetchManager refuses such a scheme before any request. DevTools calls both XHR.
    if (
      (resourceType === "Fetch" || resourceType === "XHR") &&
      !imitation.schemes.supportsFetch(scheme)
    ) {
      process.stderr.write(
        `chromium-electron: refused to fetch ${url}: the scheme "${scheme}" is registered without supportFetchAPI.\n`,
      );
      await fail("Failed");
      return;
    }
    const handler = imitation.protocol.handlerOf(scheme);
    const { cancel, ...more } = await imitation.requests.beforeRequest(aboutRequest(paused, url));
    if (Object.keys(more).length > 0) throw notImitated("what onBeforeRequest answered");
    if (handler === undefined || cancel === true) {
      await fail(cancel === true ? "BlockedByClient" : "Failed");
      return;
    }
    const response = await handle(handler, requestOf(paused, imitation.schemes));
    if (response === undefined || response.type === "error") {
      await fail("Failed");
      return;
    }
    const { responseHeaders } = await imitation.requests.headersReceived({
      ...aboutRequest(paused, url),
      statusCode: response.status,
      statusLine: `HTTP/1.1 ${response.status}`,
      responseHeaders: Object.fromEntries(
        Array.from(response.headers, ([name, value]) => [name, [value]]),
      ),
    });
    const headers = responseHeaders === undefined ? response.headers : headersFrom(responseHeaders);
    const body = Buffer.from(await response.arrayBuffer());
    await session.send("Fetch.fulfillRequest", {
      requestId,
      responseCode: response.status,
      responsePhrase: response.statusText || STATUS_CODES[response.status] || "OK",
      responseHeaders: headersOf(headers, imitation.schemes),
      body: body.toString("base64"),
    });
  } catch (error) {
    if (imitation.logging) process.stderr.write(`${String(error)}\n`);
  }
}

/**
 * The details passed to `session.webRequest` listeners.
 *
 * @param {any} paused
 * @param {string} url
 */
function aboutRequest({ requestId, request, resourceType }, url) {
  const type = resourceType === "Document" ? "mainFrame" : resourceType.toLowerCase();
  return { id: requestId, url, method: request.method, resourceType: type };
}

/** @param {Record<string, string | string[]>} record */
function headersFrom(record) {
  const pairs = Object.entries(record).flatMap(([name, values]) =>
    [values].flat().map((value) => /** @type {[string, string]} */ ([name, value])),
  );
  return new Headers(pairs);
}

/**
 * @param {import("./protocol.mjs").ProtocolHandler} handler
 * @param {Request} request
 */
async function handle(handler, request) {
  try {
    const response = await handler(request);
    if (response instanceof Response) return response;
    console.error(`protocol.handle: the handler of ${request.url} did not return a Response.`);
  } catch (error) {
    console.error(error);
  }
  return undefined;
}
