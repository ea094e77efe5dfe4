/** Serves the page's files. */
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
};

export async function answerFile(folder: string, pathname: string): Promise<Response> {
  try {
    const text = await readFile(join(folder, normalize(pathname)), "utf8");
    const type = TYPES[extname(pathname)] ?? "application/octet-stream";
    return new Response(text, { headers: { "content-type": type } });
  } catch {
    return new Response("Not found", { status: 404 });
  }
}
