import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  stat,
  symlink,
  unlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { asNobodyUntil } from "./testing/as-nobody";
import { IS_POSIX } from "./testing/posix";
import { readVersion, type FileVersion } from "./read-file";
import { saveFile, sweepTemporaries } from "./save-file";
import { removeDirectory } from "../text/testing/remove-directory";

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "save-"));
  file = join(directory, "providers.jsonc");
});

afterEach(async () => {
  await removeDirectory(directory);
});

async function version(path = file): Promise<FileVersion | null> {
  const read = await readVersion(path);
  if (!read.success) throw new Error(read.error.message);
  return read.data;
}

const bytes = (text: string) => Buffer.from(text);
const saved = { success: true, data: "saved" };

describe("a saved file", () => {
  test("contains the new bytes and is alone in its directory", async () => {
    await writeFile(file, "old");
    expect(await saveFile(file, await version(), bytes("new"))).toEqual(saved);
    expect(await readFile(file, "utf8")).toBe("new");
    expect(await readdir(directory)).toEqual(["providers.jsonc"]);
  });

  test.runIf(IS_POSIX)("has mode 0600 when it was readable by others before", async () => {
    await writeFile(file, "old", { mode: 0o644 });
    await saveFile(file, await version(), bytes("new"));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("is a new file when other programs still read the old one", async () => {
    await writeFile(file, "old");
    await link(file, join(directory, "same"));
    await saveFile(file, await version(), bytes("new"));
    expect(await readFile(join(directory, "same"), "utf8")).toBe("old");
  });

  test("stays behind its symlink", async () => {
    await mkdir(join(directory, "dotfiles"));
    await writeFile(join(directory, "dotfiles", "mux.jsonc"), "old");
    await symlink("dotfiles/mux.jsonc", file);
    expect(await saveFile(file, await version(), bytes("new"))).toEqual(saved);
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
    expect(await readFile(join(directory, "dotfiles", "mux.jsonc"), "utf8")).toBe("new");
    expect(await readdir(join(directory, "dotfiles"))).toEqual(["mux.jsonc"]);
  });

  test.runIf(IS_POSIX)("keeps its owner when root saves it", async () => {
    await writeFile(file, "old");
    const { uid } = await stat(file);
    const other = uid === 0 ? 65_534 : uid;
    await chown(file, other, -1 >>> 0).catch(() => undefined);
    await saveFile(file, await version(), bytes("new"));
    expect((await stat(file)).uid).toBe((await version())?.uid);
    expect((await stat(file)).uid).toBe(other);
  });

  test("can be created and removed", async () => {
    expect(await saveFile(file, null, bytes("new"))).toEqual(saved);
    expect(await saveFile(file, await version(), null)).toEqual(saved);
    expect(await readdir(directory)).toEqual([]);
  });
});

describe("writes nothing", () => {
  test("when another program saved in between", async () => {
    await writeFile(file, "old");
    const before = await version();
    await writeFile(join(directory, "theirs"), "two");
    await rename(join(directory, "theirs"), file);
    expect(await saveFile(file, before, bytes("new"))).toEqual({ success: true, data: "changed" });
    expect(await readFile(file, "utf8")).toBe("two");
    expect(await readdir(directory)).toEqual(["providers.jsonc"]);
  });

  test("when another program created the file in between", async () => {
    await writeFile(file, "theirs");
    expect(await saveFile(file, null, bytes("new"))).toEqual({ success: true, data: "changed" });
    expect(await readFile(file, "utf8")).toBe("theirs");
  });

  test("when the file vanished in between", async () => {
    await writeFile(file, "old");
    const before = await version();
    await unlink(file);
    expect(await saveFile(file, before, bytes("new"))).toMatchObject({
      error: { code: "file_vanished" },
    });
    expect(await readdir(directory)).toEqual([]);
  });

  test("when its directory vanished in between", async () => {
    await writeFile(file, "old");
    const before = await version();
    await removeDirectory(directory);
    expect(await saveFile(file, before, bytes("new"))).toMatchObject({
      error: { code: "file_vanished" },
    });
  });

  test("when the file is marked read-only", async () => {
    await writeFile(file, "old");
    await chmod(file, 0o444);
    expect(await saveFile(file, await version(), bytes("new"))).toMatchObject({
      error: { code: "file_read_only" },
    });
    expect(await readFile(file, "utf8")).toBe("old");
  });

  test.runIf(IS_POSIX)("when the directory is not writable", async () => {
    await writeFile(file, "old");
    await chmod(file, 0o666);
    await chmod(directory, 0o555);
    const refused = await asNobodyUntil(async () => saveFile(file, await version(), bytes("new")));
    expect(refused).toMatchObject({ error: { code: "file_permission" } });
    await chmod(directory, 0o755);
    expect(await readFile(file, "utf8")).toBe("old");
    expect(await readdir(directory)).toEqual(["providers.jsonc"]);
  });
});

test("removes only the temporary files of dead processes", async () => {
  const child = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
  await once(child, "exit");
  await writeFile(file, "{}");
  const names = [
    `.providers.jsonc.${child.pid}-0123456789abcdef.tmp`,
    `.providers.jsonc.${process.pid}-0123456789abcdef.tmp`,
    `.providers.jsonc.swp`,
    `.other.${child.pid}-0123456789abcdef.tmp`,
  ];
  for (const name of names) await writeFile(join(directory, name), "");
  await sweepTemporaries(file);
  expect(await readdir(directory)).toEqual([...names.slice(1), "providers.jsonc"].sort());
});

describe("reading", () => {
  test("returns null when the file does not exist", async () => {
    expect(await readVersion(file)).toEqual({ success: true, data: null });
  });

  test.each([
    ["a directory", "file_is_directory", () => mkdir(file)],
    ["a broken symlink", "file_link_dangling", () => symlink("gone", file)],
    ["a symlink to itself", "file_link_dangling", () => symlink("providers.jsonc", file)],
  ] as const)("reports %s as %s", async (_name, code, make) => {
    await make();
    expect(await readVersion(file)).toMatchObject({ success: false, error: { code } });
  });

  test.runIf(IS_POSIX)("fails without waiting when the file is a pipe", async () => {
    await once(spawn("mkfifo", [file]), "exit");
    expect(await readVersion(file)).toMatchObject({ error: { code: "file_unreadable" } });
  });

  test.runIf(IS_POSIX)("fails when the file is not readable", async () => {
    await writeFile(file, "{}", { mode: 0 });
    await chmod(directory, 0o755);
    const refused = await asNobodyUntil(async () => readVersion(file));
    expect(refused).toMatchObject({ error: { code: "file_permission" } });
  });
});
