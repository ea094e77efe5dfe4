import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { asNobody } from "../disk/testing/as-nobody";
import { IS_POSIX } from "../disk/testing/posix";
import { findHome, findProvidersFile, shownPath } from "./home";
import { removeDirectorySync } from "../text/testing/remove-directory";

let homedir: string;

beforeEach(() => {
  homedir = mkdtempSync(join(tmpdir(), "home-"));
});

afterEach(() => {
  removeDirectorySync(homedir);
});

/** Creates entries: `a/` is a directory, `a=b` a file with content, `a>b` a symlink. */
function create(...entries: readonly string[]): void {
  for (const entry of entries) {
    const [, path = "", kind, rest = ""] = /^([^=>]*)([=>])(.*)$/s.exec(entry) ?? ["", entry];
    const full = join(homedir, path);
    mkdirSync(kind ? dirname(full) : full, { recursive: true });
    if (kind === "=") writeFileSync(full, rest);
    if (kind === ">") symlinkSync(join(homedir, rest), full);
  }
}

/** Written as on Linux: with `~` and slashes, and without a drive. */
const homeOf = (env: NodeJS.ProcessEnv = {}) => {
  const { directory } = findHome({ env, homedir });
  return directory
    .replace(homedir, "~")
    .replace(/^[A-Za-z]:/, "")
    .replaceAll(sep, "/");
};

interface Row {
  readonly name: string;
  readonly entries: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly home: string;
}

const dev = { NODE_ENV: "development" };

const ROWS: readonly Row[] = [
  { name: "no home", entries: [], home: "~/.xum" },
  { name: "an old home", entries: [".mux/config.json="], home: "~/.mux" },
  { name: "an old home that is empty", entries: [".mux/"], home: "~/.mux" },
  { name: "a new home", entries: [".xum/config.json="], home: "~/.xum" },
  { name: "a new home that is empty", entries: [".xum/"], home: "~/.xum" },
  { name: "both, the new one populated", entries: [".xum/a=", ".mux/a="], home: "~/.xum" },
  { name: "both, the new one empty", entries: [".xum/", ".mux/a="], home: "~/.xum" },
  { name: "the oldest home", entries: [".cmux/a="], home: "~/.cmux" },
  { name: "the oldest home and an old one", entries: [".cmux/a=", ".mux/"], home: "~/.mux" },
  { name: "a new home that is a file", entries: [".xum=", ".mux/"], home: "~/.mux" },
  {
    name: "an old home that is a symlink to the new one",
    entries: [".xum/a=", ".mux>.xum"],
    home: "~/.xum",
  },
  { name: "an old home behind a symlink", entries: ["disk/a=", ".mux>disk"], home: "~/.mux" },
  { name: "a broken symlink", entries: [".xum>gone", ".mux/"], home: "~/.mux" },
  {
    name: "a marker that names the old home, beside an empty new one",
    entries: [".xum/", ".mux/a=", ".xum.legacy-fallback=.mux\n"],
    home: "~/.mux",
  },
  {
    name: "a marker that names the oldest home",
    entries: [".xum/", ".cmux/a=", ".xum.legacy-fallback= .cmux "],
    home: "~/.cmux",
  },
  {
    name: "a marker beside a populated new home",
    entries: [".xum/a=", ".mux/a=", ".xum.legacy-fallback=.mux"],
    home: "~/.xum",
  },
  {
    name: "a marker whose target is missing",
    entries: [".xum/", ".xum.legacy-fallback=.mux"],
    home: "~/.xum",
  },
  {
    name: "a marker that names another directory",
    entries: [".xum/", ".mux/", "other/", ".xum.legacy-fallback=other"],
    home: "~/.xum",
  },
  {
    name: "a marker that is too long",
    entries: [".xum/", ".mux/", `.xum.legacy-fallback=.mux${" ".repeat(61)}`],
    home: "~/.xum",
  },
  {
    name: "a marker that is a symlink",
    entries: [".xum/", ".mux/", "marker=.mux", ".xum.legacy-fallback>marker"],
    home: "~/.xum",
  },
  { name: "development and no -dev home", entries: [".mux/a="], env: dev, home: "~/.xum-dev" },
  { name: "development, an old home", entries: [".mux-dev/"], env: dev, home: "~/.mux-dev" },
  {
    name: "development, the oldest home",
    entries: [".cmux/", ".cmux-dev/"],
    env: dev,
    home: "~/.xum-dev",
  },
  {
    name: "development, a marker",
    entries: [".xum-dev/", ".mux-dev/", ".xum-dev.legacy-fallback=.mux-dev"],
    env: dev,
    home: "~/.mux-dev",
  },
  {
    name: "development, a marker without the suffix",
    entries: [".xum-dev/", ".mux/", ".xum-dev.legacy-fallback=.mux"],
    env: dev,
    home: "~/.xum-dev",
  },
  {
    name: "an unknown NODE_ENV",
    entries: [],
    env: { NODE_ENV: "dev" },
    home: "~/.xum",
  },
  { name: "MUX_ROOT", entries: [".xum/a="], env: { MUX_ROOT: "/elsewhere" }, home: "/elsewhere" },
  {
    name: "XUM_ROOT before MUX_ROOT",
    entries: [],
    env: { XUM_ROOT: "/x", MUX_ROOT: "/m" },
    home: "/x",
  },
  {
    name: "an empty XUM_ROOT, which hides MUX_ROOT",
    entries: [".mux/"],
    env: { XUM_ROOT: "", MUX_ROOT: "/m" },
    home: "~/.mux",
  },
  { name: "an empty MUX_ROOT", entries: [".mux/"], env: { MUX_ROOT: "" }, home: "~/.mux" },
  { name: "MUX_ROOT in development", entries: [], env: { MUX_ROOT: "/m", ...dev }, home: "/m" },
];

test.each(ROWS)("selects $home when there is $name", ({ entries, env, home }) => {
  create(...entries);
  const before = readdirSync(homedir, { recursive: true });
  expect(homeOf(env)).toBe(home);
  expect(readdirSync(homedir, { recursive: true })).toEqual(before);
});

test("does not expand ~ when it is in MUX_ROOT", () => {
  const { directory } = findHome({ env: { MUX_ROOT: "~/.mux" }, homedir });
  expect(directory).toBe(join(process.cwd(), "~/.mux"));
});

test.runIf(IS_POSIX)("treats the new home as populated when it is unreadable", () => {
  create(".xum/", ".mux/", ".xum.legacy-fallback=.mux");
  chmodSync(homedir, 0o755);
  chmodSync(join(homedir, ".xum"), 0);
  expect(asNobody(() => homeOf())).toBe("~/.xum");
});

test("uses the home of the host when one is set", () => {
  const env = { MUX_ROOT: "/m" };
  expect(findProvidersFile({ home: "/host", env, homedir })).toBe(resolve("/host/providers.jsonc"));
});

describe("the unused providers.jsonc", () => {
  const other = () => findHome({ env: {}, homedir }).other;

  test("is reported when two homes contain one", () => {
    create(".xum/providers.jsonc={}", ".mux/providers.jsonc={}");
    expect(other()).toBe(join(homedir, ".mux/providers.jsonc"));
  });

  test("excludes the file when the marker selects its home", () => {
    create(".mux/providers.jsonc={}", ".xum.legacy-fallback=.mux");
    expect(other()).toBeNull();
    rmSync(join(homedir, ".xum.legacy-fallback"));
    create(".xum/providers.jsonc={}", ".cmux/providers.jsonc={}");
    expect(other()).toBe(join(homedir, ".mux/providers.jsonc"));
  });

  test("is null when the old home is a symlink to the new one", () => {
    create(".xum/providers.jsonc={}", ".mux>.xum");
    expect(other()).toBeNull();
  });

  test("is null when the old home has no such file", () => {
    create(".xum/providers.jsonc={}", ".mux/config.json={}");
    expect(other()).toBeNull();
  });
});

describe("the app's name", () => {
  const appOf = (env: NodeJS.ProcessEnv, home?: string) => findHome({ env, homedir, home }).app;

  test.each<[entries: readonly string[], env: NodeJS.ProcessEnv, app: string]>([
    [[], {}, "Xum"],
    [[".mux/a="], {}, "mux"],
    [[".cmux/a="], {}, "mux"],
    [[".xum/a="], {}, "Xum"],
    [[".xum-dev/a="], dev, "Xum"],
    [[], { XUM_ROOT: "/anywhere" }, "Xum"],
    [[], { MUX_ROOT: "/anywhere" }, "mux"],
    [[], { XUM_ROOT: "/anywhere", MUX_ROOT: "/anywhere" }, "mux"],
    [[], { XUM_ROOT: "/home/ana/.mux" }, "mux"],
  ])("follows the home that is in use: %j with %j", (entries, env, app) => {
    create(...entries);
    expect(appOf(env)).toBe(app);
  });

  test("is mux when a host gives a home without a telling name", () => {
    expect(appOf({}, "/srv/data")).toBe("mux");
  });
});

describe("the path for display", () => {
  test.each([
    ["/home/ana/.mux/providers.jsonc", "/home/ana", "~/.mux/providers.jsonc"],
    ["/home/ana/.mux/providers.jsonc", "/home/ana/", "~/.mux/providers.jsonc"],
    ["/home/anabel/.mux/providers.jsonc", "/home/ana", "/home/anabel/.mux/providers.jsonc"],
    ["/tmp/demo/providers.jsonc", "/home/ana", "/tmp/demo/providers.jsonc"],
    ["/home/ana/..mux/providers.jsonc", "/home/ana", "~/..mux/providers.jsonc"],
    ["/tmp/demo/providers.jsonc", "", "/tmp/demo/providers.jsonc"],
  ])("of %s in the home directory %s is %s", (file, home, shown) => {
    // Windows separates the parts of the path below the home directory in its own way.
    const own = shown.startsWith("~") ? shown.replaceAll("/", sep) : shown;
    expect(shownPath(file, home)).toBe(own);
  });
});
