/** Tests the packager's settings that only macOS and Linux desktops would show to be wrong. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";
import { z } from "zod";

const read = (file: string): string => readFileSync(join(__dirname, "..", file), "utf8");
const packager = read("electron-builder.yml");

/** The lines of one section of electron-builder.yml, without comments. */
function section(name: string): readonly string[] {
  const [, text = ""] = new RegExp(`^${name}:\\n((?:(?:  .*)?\\n)+)`, "m").exec(packager) ?? [];
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

// @electron/fuses, "Apple Silicon": an app with changed fuses must be signed again, at least ad hoc.
it("signs the macOS app again after its fuses are changed", () => {
  expect(section("mac")).toEqual(
    expect.arrayContaining(['identity: "-"', "hardenedRuntime: false", "target: dmg"]),
  );
  expect(section("electronFuses")).toContain("resetAdHocDarwinSignature: true");
});

// An architecture of a target overrides that of the command line (app-builder-lib,
// targets/targetFactory.js). Each job would build all files, and they would replace each other.
it("builds each architecture of a release in a job of its own", () => {
  expect(packager).not.toMatch(/^\s+arch:/m);
  const release = read(".github/workflows/release.yml");
  expect(release).toContain("arch: [x64, arm64]");
  // npm's script for PowerShell may drop the `--`.
  expect(release).toMatch(/npm run package -- --\$\{\{ matrix\.arch \}\}\n\s+shell: bash\n/);
});

// Electron's docs/tutorial/fuses.md, "cookieEncryption": on macOS, it depends on the keychain.
it("does not tie an app without cookies to the keychain", () => {
  expect(section("electronFuses")).toContain("enableCookieEncryption: false");
});

it("has a homepage, which the deb package requires, and one name for its .desktop file", () => {
  const manifest = z
    .object({ homepage: z.url(), desktopName: z.string() })
    .parse(JSON.parse(read("package.json")));
  expect(manifest.desktopName).toBe("mux-settings.desktop");
  expect(section("linux")).toContain("syncDesktopName: true");
});
