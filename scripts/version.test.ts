import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";
import { z } from "zod";

const read = (file: string): string => readFileSync(join(__dirname, "..", file), "utf8");
const versioned = z.object({ version: z.string() });
const { version } = versioned.parse(JSON.parse(read("package.json")));

it("the lock file and the newest release in the CHANGELOG have the version of package.json", () => {
  const lock = z
    .object({ version: z.string(), packages: z.object({ "": versioned }) })
    .parse(JSON.parse(read("package-lock.json")));
  expect([lock.version, lock.packages[""].version]).toEqual([version, version]);
  const headings = [...read("CHANGELOG.md").matchAll(/^## (.+)$/gm)].map(([, text = ""]) => text);
  expect(headings[0]).toBe("[Unreleased]");
  const released = headings.find((text) => text !== "[Unreleased]");
  expect(released).toMatch(/^\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$/);
  expect(released).toContain(`[${version}]`);
});

it.each(["docs/embedding.md", "README.md"])("%s names the tarball of this version", (page) => {
  expect(read(page)).toContain(`mux-cloudflare-gateway-${version}.tgz`);
});

it("lists each kind of change once per release, and each change once", () => {
  for (const release of read("CHANGELOG.md").split(/^## /m).slice(1)) {
    const lines = release.split("\n");
    const kinds = lines.filter((line) => line.startsWith("### "));
    const known = ["### Added", "### Changed", "### Fixed", "### Security"];
    expect(kinds).toEqual(known.filter((kind) => kinds.includes(kind)));
    const changes = lines.filter((line) => line.startsWith("- "));
    expect(changes).toEqual([...new Set(changes)]);
  }
});
