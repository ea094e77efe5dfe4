import { describe, expect, it } from "vitest";

import { editorUrl } from "./editor-url";

const PLACE = { line: 12, column: 3 };

describe("editorUrl", () => {
  it.each([
    [
      "a path of Linux or macOS",
      "/home/ann/.mux/providers.jsonc",
      "/home/ann/.mux/providers.jsonc",
    ],
    [
      "a path of Windows",
      "C:\\Users\\Ann\\.mux\\providers.jsonc",
      "/C:/Users/Ann/.mux/providers.jsonc",
    ],
    [
      "a path with characters that mean something in URLs",
      "/home/ann/a b#c?d%e:1/providers.jsonc",
      "/home/ann/a%20b%23c%3Fd%25e%3A1/providers.jsonc",
    ],
  ])("names the line and the column after %s", (_case, file, path) => {
    expect(editorUrl(file, PLACE, () => true)).toBe(`vscode://file${path}:12:3`);
  });

  it("uses an editor that is installed", () => {
    expect(editorUrl("/a", PLACE, (scheme) => scheme === "zed")).toBe("zed://file/a:12:3");
  });

  it("is null when none of the editors is installed", () => {
    expect(editorUrl("/a", PLACE, () => false)).toBeNull();
  });
});
