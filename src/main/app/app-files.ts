/** Serves the built renderer's files, with the security headers on every response. */
import { readFile } from "node:fs/promises";
import { extname, resolve, sep } from "node:path";

import { APP_HOST } from "./addresses";

/** Blocks network access, inline code and frames: the panel loads everything from its own files. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const TYPES: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".png", "image/png"],
  [".woff2", "font/woff2"],
]);

/** Serves a file of `directory`: 403 for another host or method, 404 for a missing file. */
export async function serveFile(directory: string, request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.host !== APP_HOST) return emptyResponse(403);
  const file = fileOf(resolve(directory), url.pathname);
  const type = file === null ? undefined : TYPES.get(extname(file));
  if (file === null || type === undefined) return emptyResponse(404);
  try {
    return new Response(new Uint8Array(await readFile(file)), { headers: headersFor(type) });
  } catch {
    return emptyResponse(404);
  }
}

function fileOf(root: string, pathname: string): string | null {
  try {
    const file = resolve(root, `.${decodeURIComponent(pathname)}`);
    return file.startsWith(root + sep) ? file : null;
  } catch {
    return null;
  }
}

function headersFor(type: string): Record<string, string> {
  return {
    "Content-Type": type,
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
  };
}

/** Loads Node's `Response` and its streams, which takes longer than to serve a file. */
export async function warmUpResponses(): Promise<void> {
  await new Response(new Uint8Array(1), { headers: headersFor("text/plain") }).arrayBuffer();
}

function emptyResponse(status: number): Response {
  return new Response(null, { status, headers: headersFor("text/plain; charset=utf-8") });
}
