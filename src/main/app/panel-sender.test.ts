import { describe, expect, it } from "vitest";

import { APP_PAGE } from "./addresses";
import { isPanel, type SenderFrame } from "./panel-sender";

const MAIN: SenderFrame = { url: APP_PAGE, parent: null, detached: false };

function trusted(frame: Partial<SenderFrame>, devServer: string | null = null): boolean {
  return isPanel({ senderFrame: { ...MAIN, ...frame } }, devServer);
}

describe("the gateway may be used", () => {
  it("by the main frame of the panel's own page", () => {
    expect(trusted({ url: APP_PAGE })).toBe(true);
    expect(trusted({ url: `${APP_PAGE}?theme=dark#top` })).toBe(true);
  });

  it("by the dev server's page where there is a dev server, and nowhere else", () => {
    expect(trusted({ url: "http://localhost:5173/" }, "http://localhost:5173")).toBe(true);
    expect(trusted({ url: "http://localhost:5174/" }, "http://localhost:5173")).toBe(false);
    expect(trusted({ url: "http://localhost:5173/" })).toBe(false);
  });
});

describe("the gateway may not be used", () => {
  it("by a frame inside the page, whatever it shows, and however deep", () => {
    const inside = { ...MAIN, parent: MAIN };
    for (const parent of [MAIN, inside]) {
      for (const url of [APP_PAGE, "about:blank", "about:srcdoc", "https://evil.example/"]) {
        expect(trusted({ url, parent })).toBe(false);
      }
    }
  });

  it("by a frame that is gone, or that another page has taken the place of", () => {
    expect(isPanel({ senderFrame: null }, null)).toBe(false);
    expect(trusted({ detached: true })).toBe(false);
  });

  it.each(["", "about:blank", "https://evil.example/", "file:///index.html", "app://other/"])(
    "by a page at “%s”",
    (url) => {
      expect(trusted({ url })).toBe(false);
    },
  );
});
