/** Tests the search for Electron's binary on folders as `npm install` and a killed extraction leave them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { electronExecutable, installElectronOnce } from "./electron-binary";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "electron-binary-"));
  write("package.json", JSON.stringify({ version: "45.4.1" }));
});

afterEach(() => rmSync(folder, { recursive: true, maxRetries: 10 }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function install({ version = "45.4.1", pathText = "electron", binary = "dist/electron" } = {}) {
  write("dist/version", version);
  write("path.txt", pathText);
  write(binary, "");
}

const find = (env: NodeJS.ProcessEnv = {}, platform: NodeJS.Platform = "linux") =>
  electronExecutable(folder, env, platform);

describe("electronExecutable", () => {
  it.each([
    ["linux", "electron"],
    ["win32", "electron.exe"],
    ["darwin", "Electron.app/Contents/MacOS/Electron"],
  ] as const)("finds a complete installation on %s", (platform, relative) => {
    install({ pathText: relative, binary: join("dist", relative) });
    expect(find({}, platform)).toBe(join(folder, "dist", relative));
  });

  it("accepts the version with the prefix v", () => {
    install({ version: "v45.4.1" });
    expect(find()).not.toBeNull();
  });

  it("finds none when nothing was installed", () => {
    expect(find()).toBeNull();
  });

  it("finds none when the extraction was killed, which leaves no path.txt", () => {
    install();
    rmSync(join(folder, "path.txt"));
    expect(find()).toBeNull();
  });

  it("finds none when another version of the package was extracted before", () => {
    install({ version: "44.0.0" });
    expect(find()).toBeNull();
  });

  it("finds none when the binary is for another system", () => {
    install({ pathText: "electron.exe" });
    expect(find()).toBeNull();
  });

  it("finds the binary in ELECTRON_OVERRIDE_DIST_PATH, without an installation", () => {
    write("own/electron", "");
    const own = join(folder, "own");
    expect(find({ ELECTRON_OVERRIDE_DIST_PATH: own })).toBe(join(own, "electron"));
  });
});

describe("installElectronOnce", () => {
  const lines: string[] = [];
  const run = () => {
    lines.length = 0;
    installElectronOnce(folder, join(folder, "marks"), (line) => void lines.push(line));
    return lines.map((line) => line.split(" ").slice(0, 3).join(" "));
  };

  it("does not try again when the download failed, except for another version", () => {
    write("install.js", "process.exit(1)");
    expect(run()).toEqual(["Downloading Electron 45.4.1,", "The download failed."]);
    expect(run()).toEqual([]);
    write("package.json", JSON.stringify({ version: "45.4.2" }));
    expect(run()).toEqual(["Downloading Electron 45.4.2,", "The download failed."]);
  });

  it("reports a failure when the installer succeeds without a complete binary", () => {
    write("install.js", "");
    expect(run()).toEqual(["Downloading Electron 45.4.1,", "The download failed."]);
  });
});
