import { describe, expect, it } from "vitest";

import { APP_PAGE } from "./addresses";
import { isPanel, type SenderFrame } from "./panel-sender";

const MAIN: SenderFrame = { url: APP_PAGE, parent: null, detached: false };

function trusted(frame: Partial<SenderFrame>, devServer: string | null = null): boolean {
  return isPanel({ senderFrame: { ...MAIN, ...frame } }, devServer);
}

describe("a gateway call is allowed", () => {
  it("from the main frame of the panel's page", () => {
    expect(trusted({ url: APP_PAGE })).toBe(true);
    expect(trusted({ url: `${APP_PAGE}?theme=dark#top` })).toBe(true);
  });

  it("from the dev server's page only when there is a dev server", () => {
    expect(trusted({ url: "http://localhost:5173/" }, "http://localhost:5173")).toBe(true);
    expect(trusted({ url: "http://localhost:5174/" }, "http://localhost:5173")).toBe(false);
    expect(trusted({ url: "http://localhost:5173/" })).toBe(false);
  });
});

describe("a gateway call is refused", () => {
  it("from a frame inside the page at any depth and any URL", () => {
    const inside = { ...MAIN, parent: MAIN };
    for (const parent of [MAIN, inside]) {
      for (const url of [APP_PAGE, "about:blank", "about:srcdoc", "https://evil.example/"]) {
        expect(trusted({ url, parent })).toBe(false);
      }
    }
  });

  it("from a frame that is gone or was replaced by another page", () => {
    expect(isPanel({ senderFrame: null }, null)).toBe(false);
    expect(trusted({ detached: true })).toBe(false);
  });

  it.each(["", "about:blank", "https://evil.example/", "file:///index.html", "app://other/"])(
    "from a page at “%s”",
    (url) => {
      expect(trusted({ url })).toBe(false);
    },
  );
});
