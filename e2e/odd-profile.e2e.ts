/** Tests the start of the app when its own files are odd: pipes, devices, huge or broken files. */
import { execFileSync } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { IS_POSIX } from "../src/main/disk/testing/posix";
import { COMMENTED } from "./files";
import { expect, test, textOf } from "./fixture";

test.use({ providersText: COMMENTED, mirror: true });

const FILES = ["window.json", "settings.json", "tests.json"];
const HUGE = 64 * 1024 * 1024;

/** Odd things that can be in the place of one of the app's own files. */
type Odd = readonly [string, (file: string) => Promise<unknown>];
const ODD_ON_POSIX: readonly Odd[] = [
  ["a named pipe", async (file) => execFileSync("mkfifo", [file])],
  ["a device without an end", (file) => symlink("/dev/zero", file)],
  ["a system file without a size", (file) => symlink("/proc/self/pagemap", file)],
];
const ODD: readonly Odd[] = [
  ...(IS_POSIX ? ODD_ON_POSIX : []),
  ["a folder", (file) => mkdir(file)],
  ["a broken symlink", (file) => symlink("missing/there", file)],
  ["a file of 64 MB", (file) => writeFile(file, Buffer.alloc(HUGE, "["))],
  ["deeply nested JSON", (file) => writeFile(file, "[".repeat(5_000_000))],
  ["invalid UTF-8", (file) => writeFile(file, Buffer.from([0xff, 0xfe, 0x00, 0xc0]))],
  ["half a file", (file) => writeFile(file, '{"version":1,"homes":[{')],
  [
    "numbers out of range",
    (file) =>
      writeFile(
        file,
        '{"version":1,"bounds":{"x":1e308,"y":-1e308,"width":1e9,"height":0},"maximized":1,"homes":5,"theme":{}}',
      ),
  ],
];

/** Three kinds for each start, because all three files are read in the same way. */
const STARTS = Array.from({ length: Math.ceil(ODD.length / FILES.length) }, (_, start) =>
  ODD.slice(start * FILES.length, (start + 1) * FILES.length),
);

for (const kinds of STARTS) {
  const what = kinds.map(([kind]) => kind).join(", ");
  test(`starts when its own files are ${what}`, async ({ demo, userHome, openPanel }) => {
    const profile = join(userHome, "profile");
    await mkdir(profile, { recursive: true });
    for (const [index, name] of FILES.entries()) {
      const [, put] = kinds[index % kinds.length] ?? [];
      await put?.(join(profile, name));
    }
    const panel = await openPanel();
    await panel.ui.ready();
    expect(await textOf(demo)).toBe(COMMENTED);
    await panel.close();
  });
}
