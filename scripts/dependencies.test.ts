import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import { oldestOf, repeatedIn } from "./dependency-ends";

const ROOT = join(__dirname, "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

const names = z.record(z.string(), z.string());
const project = z
  .object({ dependencies: names, devDependencies: names })
  .parse(JSON.parse(read("package.json")));
const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        license: z.string().optional(),
        dev: z.boolean().optional(),
        resolved: z.string().optional(),
        integrity: z.string().optional(),
        bin: names.optional(),
        dependencies: names.optional(),
      }),
    ),
  })
  .parse(JSON.parse(read("package-lock.json")));
const page = read("docs/dependencies.md");

const direct = { ...project.dependencies, ...project.devDependencies };
const rows = [...page.matchAll(/^\| `([^`]+)` +\| `([^`]+)` +\| (.+?) +\|$/gm)].map(
  ([, name = "", file = "", why = ""]) => ({ name, file, why }),
);
const installed = Object.entries(lock.packages)
  .filter(([path]) => path !== "")
  .map(([path, entry]) => Object.assign(entry, { name: path.replace(/^.*node_modules\//, "") }));

const PERMISSIVE = new Set([
  "MIT",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "OFL-1.1",
]);
const TO_BUILD_OR_TEST = new Set([
  ...PERMISSIVE,
  "BlueOak-1.0.0",
  "MPL-2.0",
  "Python-2.0",
  "WTFPL",
  "CC-BY-4.0",
]);
/** Licensed under Apache 2.0, in a `package.json` format that npm does not read. */
const STATED_ELSEWHERE = new Set(["destroyable-server", "read-tls-client-hello"]);

/** The section "In the app and in the package": bundled packages, some of them "dev" for npm. */
const shipped = new Set(
  [...(page.split(/^## /m)[1] ?? "").matchAll(/^\| `([^`]+)`/gm)].map(([, name = ""]) => name),
);

describe("docs/dependencies.md", () => {
  it("lists exactly the packages of package.json, each once", () => {
    expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(direct).toSorted());
  });

  it.each(rows.map((row) => [row.name, row.file, row.why] as const))(
    "%s is used in %s",
    (name, file, why) => {
      const commands = Object.keys(lock.packages[`node_modules/${name}`]?.bin ?? {});
      const text = read(file);
      expect([name, ...commands].some((word) => text.includes(word))).toBe(true);
      expect(why.length).toBeGreaterThan(5);
    },
  );
});

it("package.json pins the exact versions of tools, so that builds are reproducible", () => {
  const loose = Object.entries(project.devDependencies).filter(
    ([, version]) => !/^(?:npm:.+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});

describe("the package's dependencies", () => {
  it.each(Object.entries(project.dependencies))(
    "%s is allowed as %s, and tested here with the newest of these versions",
    (name, range) => {
      const [, newest] = /^>=\d+\.\d+\.\d+ <=(\d+\.\d+\.\d+)$/.exec(range) ?? [];
      const { version = "" } = lock.packages[`node_modules/${name}`] ?? {};
      expect(range).toMatch(/^\^\d+\.\d+\.\d+$|^>=/);
      expect(version).toBe(newest ?? version);
      expect(version.split(".")[0]).toBe(oldestOf(range).split(".")[0]);
    },
  );

  it("are installed once each, with everything that they need", () => {
    const paths = Object.entries(lock.packages)
      .filter(([path, { dev }]) => path !== "" && dev !== true)
      .map(([path]) => path);
    expect(paths.length).toBeGreaterThan(15);
    expect(repeatedIn(paths)).toEqual([]);
  });
});

it("names a package that is installed twice", () => {
  const paths = ["node_modules/a", "node_modules/b", "node_modules/b/node_modules/a"];
  expect(repeatedIn(paths)).toEqual(["a"]);
});

it("the lock file has a checksum and a registry URL for every package", () => {
  const odd = installed.filter(
    ({ resolved = "", integrity }) =>
      !integrity?.startsWith("sha512-") || /^(?:git|file|http:)/.test(resolved),
  );
  expect(odd.map(({ name }) => name)).toEqual([]);
});

it("every licence is allowed, with stricter rules for packages that reach a user", () => {
  const reached = closure([...shipped]);
  expect(reached.size).toBeGreaterThan(shipped.size);
  const refused = installed
    .filter(({ name }) => !STATED_ELSEWHERE.has(name))
    .filter(({ name, license = "none", dev }) => {
      const allowed = dev !== true || reached.has(name) ? PERMISSIVE : TO_BUILD_OR_TEST;
      // With "A OR B", the user of the package can choose.
      return !license
        .replace(/[()]/g, "")
        .split(" OR ")
        .some((each) => allowed.has(each));
    });
  expect(refused.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
});

/** The names of these packages and of all their dependencies. */
function closure(from: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const entry of installed.filter((each) => each.name === name)) {
      for (const next of Object.keys(entry.dependencies ?? {})) visit(next);
    }
  };
  // Electron ships as a runtime, without the dependencies of its installer.
  for (const name of from.filter((each) => each !== "electron")) visit(name);
  return found;
}
