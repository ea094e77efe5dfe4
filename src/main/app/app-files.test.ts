import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { countOf } from "../../shared/testing/counts";
import { APP_HOST } from "./addresses";
import { serveFile, CONTENT_SECURITY_POLICY } from "./app-files";
import { removeDirectory } from "../text/testing/remove-directory";

describe("the app's own files", () => {
  let folder: string;
  let root: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "app-files-"));
    root = join(folder, "renderer");
    await mkdir(join(root, "assets"), { recursive: true });
    await writeFile(join(root, "index.html"), "<!doctype html>");
    await writeFile(join(root, "assets/index.js"), "export {};");
    await writeFile(join(root, "secret.txt"), "not for a page");
    await writeFile(join(folder, "outside.html"), "outside");
  });
  afterEach(() => removeDirectory(folder));

  const get = (address: string, method = "GET") =>
    serveFile(root, new Request(address, { method }));

  it("are served with their content type and the full security policy", async () => {
    const page = await get(`app://${APP_HOST}/index.html`);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toBe(CONTENT_SECURITY_POLICY);
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await page.text()).toBe("<!doctype html>");
    const script = await get(`app://${APP_HOST}/assets/index.js?v=1#x`);
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  });

  it.each([
    "/../outside.html",
    "/%2e%2e/outside.html",
    "/..%2foutside.html",
    "/assets/..%2f..%2foutside.html",
    "/secret.txt",
    "/missing.html",
    "/",
    "/%00.html",
    "/%E0%A4%A.html",
  ])("are not served for the path %s", async (path) => {
    expect((await get(`app://${APP_HOST}${path}`)).status).toBe(404);
  });

  it("are the only files served, whatever the spelling of the path", async () => {
    const pieces = [
      ...".. %2e%2e .%2E %252e%252e . / // %2f %252f \\ %5c".split(" "),
      ..."%00 %0a %c0%ae %e0%a4 ? # : @ ~ x C:".split(" "),
      ..."index.html assets index.js secret.txt outside.html renderer".split(" "),
      " ",
    ];
    const paths = fc.array(fc.constantFrom(...pieces), { maxLength: 9 });
    let served = 0;
    await fc.assert(
      fc.asyncProperty(paths, async (path) => {
        const address = `app://${APP_HOST}/${path.join("")}`;
        if (!URL.canParse(address)) return;
        const answer = await get(address);
        const text = await answer.text();
        if (answer.status === 200) served += 1;
        expect([200, 403, 404]).toContain(answer.status);
        expect(answer.status === 200 ? ["<!doctype html>", "export {};"] : [""]).toContain(text);
      }),
      // The examples include a plain path, so that at least one file is served.
      { numRuns: countOf("paths"), examples: [[["index.html"]], [["assets", "/", "index.js"]]] },
    );
    expect(served).toBeGreaterThan(1);
  });

  it("are refused when the request is not a GET to the app's host", async () => {
    expect((await get("app://other/index.html")).status).toBe(403);
    expect((await get(`app://${APP_HOST}/index.html`, "POST")).status).toBe(403);
  });

  it("allow no inline code, no network and no frame", () => {
    expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|\*|connect-src|frame-src/);
  });
});
