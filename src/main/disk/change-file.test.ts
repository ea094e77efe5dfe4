import { renameSync, writeFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { failure } from "../../shared/errors";
import { success } from "../../shared/result";
import { changeFile } from "./change-file";

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "change-"));
  file = join(directory, "providers.jsonc");
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** What an older mux does, which takes no lock. */
function saveWithoutLock(text: string): void {
  writeFileSync(join(directory, "theirs"), text);
  renameSync(join(directory, "theirs"), file);
}

const append = (more: string) => (bytes: Buffer | null) =>
  success(Buffer.from((bytes?.toString() ?? "") + more));

test("a change gets what is on disk, and says what it made of it", async () => {
  await writeFile(file, "one");
  expect(await changeFile(file, append(" two"))).toEqual({
    success: true,
    data: { before: Buffer.from("one"), after: Buffer.from("one two") },
  });
  expect(await readFile(file, "utf8")).toBe("one two");
});

test("the file is read while the lock is held", async () => {
  await writeFile(file, "");
  await Promise.all(Array.from({ length: 10 }, (_, index) => changeFile(file, append(`${index}`))));
  expect((await readFile(file, "utf8")).split("").sort().join("")).toBe("0123456789");
});

test("a change that changes nothing leaves the file untouched", async () => {
  await writeFile(file, "one");
  const { ino } = await stat(file);
  expect(await changeFile(file, append(""))).toMatchObject({ success: true });
  expect((await stat(file)).ino).toBe(ino);
});

describe("a program that saves without the lock while a change is being made", () => {
  test("keeps what it saved: the change is made anew, on top of it", async () => {
    await writeFile(file, "one");
    let times = 0;
    const changed = await changeFile(file, (bytes) => {
      if (times++ === 0) saveWithoutLock("theirs");
      return append(" ours")(bytes);
    });
    expect(changed).toMatchObject({ success: true });
    expect(await readFile(file, "utf8")).toBe("theirs ours");
  });

  test("is given way to when it never stops", async () => {
    await writeFile(file, "one");
    let times = 0;
    const refused = await changeFile(file, (bytes) => {
      saveWithoutLock(`theirs ${++times}`);
      return append(" ours")(bytes);
    });
    expect(refused).toMatchObject({ success: false, error: { code: "file_overwritten" } });
    expect(await readFile(file, "utf8")).toBe(`theirs ${times}`);
    expect(await readdir(directory)).toEqual(["providers.jsonc"]);
  });
});

describe("in a directory that does not exist", () => {
  const missing = () => join(directory, "a", "b", "providers.jsonc");

  test("a change creates it for the user alone", async () => {
    expect(await changeFile(missing(), append("one"))).toMatchObject({ success: true });
    for (const created of [dirname(missing()), dirname(dirname(missing()))]) {
      expect((await stat(created)).mode & 0o777).toBe(0o700);
    }
  });

  test("a change that is refused, or changes nothing, creates nothing", async () => {
    expect(await changeFile(missing(), () => failure("undo_nothing"))).toMatchObject({
      success: false,
    });
    expect(await changeFile(missing(), () => success(null))).toMatchObject({ success: true });
    expect(await readdir(directory)).toEqual([]);
  });

  test("a change says so when it cannot be created", async () => {
    await writeFile(join(directory, "a"), "a file");
    const refused = await changeFile(missing(), append("one"));
    expect(refused).toMatchObject({ error: { code: "file_unwritable" } });
    expect(!refused.success && refused.error.message).toContain("a part of its path is a file");
  });
});
