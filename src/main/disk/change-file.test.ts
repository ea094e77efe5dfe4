import { renameSync, writeFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rename, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { failure } from "../../shared/errors";
import { success } from "../../shared/result";
import { changeFile } from "./change-file";
import { PRIVATE_DIRECTORY } from "./testing/posix";
import { withLock } from "./lock";
import { readVersion } from "./read-file";
import { saveFile } from "./save-file";
import { removeDirectory } from "../text/testing/remove-directory";

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "change-"));
  file = join(directory, "providers.jsonc");
});

afterEach(async () => {
  await removeDirectory(directory);
});

/** Saves like an older mux, which takes no lock. */
function saveWithoutLock(text: string): void {
  writeFileSync(join(directory, "theirs"), text);
  renameSync(join(directory, "theirs"), file);
}

const append = (more: string) => (bytes: Buffer | null) =>
  success(Buffer.from((bytes?.toString() ?? "") + more));

test("passes the bytes on disk to the edit and returns both versions", async () => {
  await writeFile(file, "one");
  expect(await changeFile(file, append(" two"))).toEqual({
    success: true,
    data: { before: Buffer.from("one"), after: Buffer.from("one two") },
  });
  expect(await readFile(file, "utf8")).toBe("one two");
});

test("loses no change when ten run at the same time", async () => {
  await writeFile(file, "-");
  await Promise.all(Array.from({ length: 10 }, (_, index) => changeFile(file, append(`${index}`))));
  expect((await readFile(file, "utf8")).split("").sort().join("")).toBe("-0123456789");
});

test("leaves the file untouched when the edit changes nothing", async () => {
  await writeFile(file, "one");
  const { ino } = await stat(file);
  expect(await changeFile(file, append(""))).toMatchObject({ success: true });
  expect((await stat(file)).ino).toBe(ino);
});

describe("when a program saves without the lock during a change", () => {
  test("repeats the edit on the bytes that the program saved", async () => {
    await writeFile(file, "one");
    let times = 0;
    const changed = await changeFile(file, (bytes) => {
      if (times++ === 0) saveWithoutLock("theirs");
      return append(" ours")(bytes);
    });
    expect(changed).toMatchObject({ success: true });
    expect(await readFile(file, "utf8")).toBe("theirs ours");
  });

  test("gives up and keeps the program's bytes when it never stops saving", async () => {
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

describe("when an editor seems to be saving in place", () => {
  const emptied = [
    ["empty", ""],
    ["blank", " \r\n\t"],
    ["only a byte order mark", "\uFEFF"],
  ] as const;

  test.each(emptied)("waits for the editor's text when the file is %s", async (_how, text) => {
    await writeFile(file, text);
    const changing = changeFile(file, append(" ours"));
    await wait(150);
    await writeFile(file, "theirs");
    expect(await changing).toMatchObject({ success: true });
    expect(await readFile(file, "utf8")).toBe("theirs ours");
  });

  test("releases the lock when it waits for the editor", async () => {
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

  test("refuses the change when the file stays empty", async () => {
    await writeFile(file, "");
    const started = performance.now();
    const refused = await changeFile(file, append("ours"));
    expect(refused).toMatchObject({ success: false, error: { code: "file_being_saved" } });
    expect(performance.now() - started).toBeLessThan(4000);
    expect(await readFile(file, "utf8")).toBe("");
    expect(await readdir(directory)).toEqual(["providers.jsonc"]);
  });

  test.each(emptied)("changes the file at once when it has been %s for 3 s", async (_how, text) => {
    await writeFile(file, text);
    const before = new Date(Date.now() - 3000);
    await utimes(file, before, before);
    const started = performance.now();
    expect(await changeFile(file, append("ours"))).toMatchObject({ success: true });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await readFile(file, "utf8")).toBe(`${text}ours`);
  });

  test("changes the file at once when our own save emptied it", async () => {
    await writeFile(file, "one");
    const read = await readVersion(file);
    await saveFile(file, read.success ? read.data : null, Buffer.alloc(0));
    const started = performance.now();
    expect(await changeFile(file, append("ours"))).toMatchObject({ success: true });
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("waits for the complete text when the file is half written", async () => {
    await writeFile(file, "the");
    // A future date keeps the file recent, however long the first read takes.
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

  test("waits for the new file when the old one was moved aside", async () => {
    await writeFile(file, "one");
    await rename(file, `${file}~`);
    const changing = changeFile(file, append(" ours"), { wasThere: true });
    await wait(100);
    await writeFile(file, "theirs");
    expect(await changing).toMatchObject({ success: true });
    expect(await readFile(file, "utf8")).toBe("theirs ours");
  });

  test.each(["file", "directory"])("creates no file when its %s stays missing", async (what) => {
    const gone = what === "file" ? file : join(directory, "home", "providers.jsonc");
    const refused = await changeFile(gone, append("ours"), { wasThere: true });
    expect(refused).toMatchObject({ success: false, error: { code: "file_vanished" } });
    expect(await readdir(directory)).toEqual([]);
  });

  test("waits for the new file when it disappears during the change", async () => {
    await writeFile(file, "one");
    let tellMoved = (): void => undefined;
    const moved = new Promise<void>((resolve) => {
      tellMoved = resolve;
    });
    let times = 0;
    const changing = changeFile(file, (bytes) => {
      if (times++ === 0) renameSync(file, `${file}~`);
      tellMoved();
      return append(" ours")(bytes);
    });
    await moved;
    await wait(100);
    await writeFile(file, "theirs");
    expect(await changing).toMatchObject({ success: true });
    expect(await readFile(file, "utf8")).toBe("theirs ours");
  });
});

describe("when the directory does not exist", () => {
  const missing = () => join(directory, "a", "b", "providers.jsonc");

  test("creates a private one when there is something to save", async () => {
    expect(await changeFile(missing(), append("one"))).toMatchObject({ success: true });
    for (const created of [dirname(missing()), dirname(dirname(missing()))]) {
      expect((await stat(created)).mode & 0o777).toBe(PRIVATE_DIRECTORY);
    }
  });

  test("creates nothing when the edit fails or returns no bytes", async () => {
    expect(await changeFile(missing(), () => failure("undo_nothing"))).toMatchObject({
      success: false,
    });
    expect(await changeFile(missing(), () => success(null))).toMatchObject({ success: true });
    expect(await readdir(directory)).toEqual([]);
  });

  test("names the reason when it cannot be created", async () => {
    await writeFile(join(directory, "a"), "a file");
    const refused = await changeFile(missing(), append("one"));
    expect(refused).toMatchObject({ error: { code: "file_unwritable" } });
    expect(!refused.success && refused.error.message).toContain("a part of its path is a file");
  });
});
