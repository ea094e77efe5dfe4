import { describe, expect, it } from "vitest";

import { devServerOrigin } from "./dev-server";

const NAMED = { ELECTRON_RENDERER_URL: "http://localhost:5173/index.html" };

describe("the dev server", () => {
  it("is the one that the environment names, while the app is developed", () => {
    expect(devServerOrigin({ isPackaged: false }, NAMED)).toBe("http://localhost:5173");
    expect(devServerOrigin({ isPackaged: false }, {})).toBeNull();
    expect(devServerOrigin({ isPackaged: false }, { ELECTRON_RENDERER_URL: "" })).toBeNull();
  });

  it("is none in a packaged app, whatever the environment says", () => {
    for (const url of [NAMED.ELECTRON_RENDERER_URL, "https://evil.example/", "file:///x", "%"]) {
      expect(devServerOrigin({ isPackaged: true }, { ELECTRON_RENDERER_URL: url })).toBeNull();
    }
  });
});
