import { describe, expect, it } from "vitest";

import { APP_PAGE, isOwnPage, mayOpenExternally } from "./addresses";

describe("the panel's own page", () => {
  it("is recognised by the app's scheme and host, not by a similar URL", () => {
    expect(isOwnPage(APP_PAGE, null)).toBe(true);
    for (const address of [
      "app://mux-settings.evil.example/index.html",
      "app://evil/index.html",
      "https://mux-settings/index.html",
      "file:///mux-settings/index.html",
      "about:blank",
      "",
    ]) {
      expect({ address, own: isOwnPage(address, null) }).toEqual({ address, own: false });
    }
  });

  it("includes the dev server's origin when there is a dev server", () => {
    expect(isOwnPage("http://localhost:5173/", "http://localhost:5173")).toBe(true);
    expect(isOwnPage("http://localhost:5174/", "http://localhost:5173")).toBe(false);
    expect(isOwnPage("http://localhost:5173/", null)).toBe(false);
  });
});

describe("links to the system browser", () => {
  it("are allowed when they are https links to Cloudflare", () => {
    expect(mayOpenExternally("https://dash.cloudflare.com/?to=/:account/ai/ai-gateway")).toBe(true);
    expect(mayOpenExternally("https://cloudflare.com/")).toBe(true);
  });

  it.each([
    "http://dash.cloudflare.com/",
    "https://cloudflare.com.evil.example/",
    "https://evilcloudflare.com/",
    "https://dash.cloudflare.com@evil.example/",
    "https://user:secret@dash.cloudflare.com/",
    "https://dash.cloudflare.com:8443/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "cloudflare.com",
  ])("are refused for %s", (address) => {
    expect(mayOpenExternally(address)).toBe(false);
  });
});
