import { describe, expect, it } from "vitest";

import { devServerOrigin } from "./dev-server";

const NAMED = { ELECTRON_RENDERER_URL: "http://localhost:5173/index.html" };

describe("the dev server", () => {
  it("is read from the environment when the app is not packaged", () => {
    expect(devServerOrigin({ isPackaged: false }, NAMED)).toBe("http://localhost:5173");
    expect(devServerOrigin({ isPackaged: false }, {})).toBeNull();
    expect(devServerOrigin({ isPackaged: false }, { ELECTRON_RENDERER_URL: "" })).toBeNull();
  });

  it("is ignored when the app is packaged", () => {
    for (const url of [NAMED.ELECTRON_RENDERER_URL, "https://evil.example/", "file:///x", "%"]) {
      expect(devServerOrigin({ isPackaged: true }, { ELECTRON_RENDERER_URL: url })).toBeNull();
    }
  });
});
