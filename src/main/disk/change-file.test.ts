import { renameSync, writeFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { failure } from "../../shared/errors";
import { success } from "../../shared/result";
import { changeFile } from "./change-file";
import { withLock } from "./lock";
import { readVersion } from "./read-file";
import { saveFile } from "./save-file";

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
  await writeFile(file, "-");
  await Promise.all(Array.from({ length: 10 }, (_, index) => changeFile(file, append(`${index}`))));
  expect((await readFile(file, "utf8")).split("").sort().join("")).toBe("-0123456789");
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

describe("a file that an editor seems to be saving in place", () => {
  const emptied = [
    ["empty", ""],
    ["blank", " \r\n\t"],
    ["only a byte order mark", "\uFEFF"],
  ] as const;

  test.each(emptied)("is changed once it is written again when it is %s", async (_how, text) => {
    await writeFile(file, text);
    const changing = changeFile(file, append(" ours"));
    await wait(150);
    await writeFile(file, "theirs");
    expect(await changing).toMatchObject({ success: true });
    expect(await readFile(file, "utf8")).toBe("theirs ours");
  });

  test("leaves the lock to others while it is waited for", async () => {
    await writeFile(file, "");
    const changing = changeFile(file, append(" ours"));
    await wait(100);
    const started = performance.now();
    const other = await withLock(file, async () => success(await readFile(file, "utf8")));
    expect(other).toEqual({ success: true, data: "" });
    expect(performance.now() - started).toBeLessThan(1000);
    await writeFile(file, "theirs");
    expect(await changing).toMatchObject({ success: true });
  });

  test("is refused and left empty when it stays empty", async () => {
    await writeFile(file, "");
    const started = performance.now();
    const refused = await changeFile(file, append("ours"));
    expect(refused).toMatchObject({ success: false, error: { code: "file_being_saved" } });
    expect(performance.now() - started).toBeLessThan(4000);
    expect(await readFile(file, "utf8")).toBe("");
    expect(await readdir(directory)).toEqual(["providers.jsonc"]);
  });

  test.each(emptied)("is changed at once when it has been %s for 3 s", async (_how, text) => {
    await writeFile(file, text);
    const before = new Date(Date.now() - 3000);
    await utimes(file, before, before);
    const started = performance.now();
    expect(await changeFile(file, append("ours"))).toMatchObject({ success: true });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await readFile(file, "utf8")).toBe(`${text}ours`);
  });

  test("is changed at once when we emptied it ourselves", async () => {
    await writeFile(file, "one");
    const read = await readVersion(file);
    await saveFile(file, read.success ? read.data : null, Buffer.alloc(0));
    const started = performance.now();
    expect(await changeFile(file, append("ours"))).toMatchObject({ success: true });
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("is changed on top of what comes when it is only half written", async () => {
    await writeFile(file, "the");
    // However long it takes until the file is read.
    const later = new Date(Date.now() + 60_000);
    await utimes(file, later, later);
    let times = 0;
    const changed = await changeFile(file, (bytes) => {
      if (times++ > 0) return append(" ours")(bytes);
      setTimeout(() => writeFileSync(file, "theirs"), 1);
      return failure("file_invalid", { file, line: 1, column: 1, what: "it is cut off" });
    });
    expect(changed).toMatchObject({ success: true });
    expect(await readFile(file, "utf8")).toBe("theirs ours");
  });

  test("is changed on top of what comes when it was moved aside", async () => {
    await writeFile(file, "one");
    await rename(file, `${file}~`);
    const changing = changeFile(file, append(" ours"), { wasThere: true });
    await wait(100);
    await writeFile(file, "theirs");
    expect(await changing).toMatchObject({ success: true });
    expect(await readFile(file, "utf8")).toBe("theirs ours");
  });

  test.each(["file", "directory"])("is not created when its %s stays away", async (what) => {
    const gone = what === "file" ? file : join(directory, "home", "providers.jsonc");
    const refused = await changeFile(gone, append("ours"), { wasThere: true });
    expect(refused).toMatchObject({ success: false, error: { code: "file_vanished" } });
    expect(await readdir(directory)).toEqual([]);
  });

  test("is changed on top of what comes when it disappears during the change", async () => {
    await writeFile(file, "one");
    let times = 0;
    const changing = changeFile(file, (bytes) => {
      if (times++ === 0) renameSync(file, `${file}~`);
      return append(" ours")(bytes);
    });
    await wait(100);
    await writeFile(file, "theirs");
    expect(await changing).toMatchObject({ success: true });
    expect(await readFile(file, "utf8")).toBe("theirs ours");
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
