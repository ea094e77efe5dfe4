import { describe, expect, it } from "vitest";

import { electronEnvironment, hasDisplay, needsShell } from "./runtime";

describe("hasDisplay", () => {
  it.each([
    ["only X11", { DISPLAY: ":0" }, true],
    ["only Wayland", { WAYLAND_DISPLAY: "wayland-0" }, true],
    ["Wayland and an empty DISPLAY", { DISPLAY: "", WAYLAND_DISPLAY: "wayland-0" }, true],
    ["neither", {}, false],
    ["two empty variables", { DISPLAY: "", WAYLAND_DISPLAY: "" }, false],
  ])("answers for Linux with %s", (_, env, answer) => {
    expect(hasDisplay(env, "linux")).toBe(answer);
  });

  it.each(["darwin", "win32"] as const)("finds a display on %s", (platform) => {
    expect(hasDisplay({}, platform)).toBe(true);
  });
});

// Electron's docs/api/environment-variables.md: with the variable, Electron starts as plain Node.
it("removes ELECTRON_RUN_AS_NODE from the environment of the window", () => {
  expect(electronEnvironment({ ELECTRON_RUN_AS_NODE: "1", PATH: "/bin" })).toEqual({
    PATH: "/bin",
  });
});

// Node's docs/api/child_process.md, "Spawning .bat and .cmd files on Windows". A shell would split the
// arguments of every other program at their spaces.
it.each([
  ["npx", "win32", true],
  ["npm", "win32", true],
  ["C:\\Program Files\\nodejs\\node.exe", "win32", false],
  ["npx", "linux", false],
  ["npm", "darwin", false],
] as const)("answers whether %s needs a shell on %s", (program, platform, answer) => {
  expect(needsShell(program, platform)).toBe(answer);
});
