/**
 * A program that mounts a tiny disk, fills it, makes it read-only, and changes a file on it. It runs
 * in a new mount namespace, so that the mount always disappears with it.
 */
import { spawnSync } from "node:child_process";
import { mkdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { change, Findings } from "./harm";
import { obey } from "./orders";
import { sampleText } from "./sample";
import type { Outcome } from "./scenario";

const PAGE = 4096;

void obey(async (line) => {
  const { directory }: { readonly directory: string } = JSON.parse(line);
  const findings = new Findings();
  const figures = [
    await fullDisk(join(directory, "full"), findings),
    await noInodes(join(directory, "inodes"), findings),
    await readOnly(join(directory, "read-only"), findings),
  ];
  const outcome: Outcome = { figures: figures.join("; "), failures: findings.failures };
  return outcome;
});

async function mount(disk: string, options: string): Promise<string> {
  await mkdir(disk, { recursive: true });
  run("mount", ["-t", "tmpfs", "-o", options, "tmpfs", disk]);
  const file = join(disk, "providers.jsonc");
  await writeFile(file, sampleText(18_000));
  return file;
}

/** Frees the disk page by page: the change fails cleanly until it succeeds. */
async function fullDisk(disk: string, findings: Findings): Promise<string> {
  const file = await mount(disk, "size=64k");
  const filler = join(disk, "filler");
  const fill = async (): Promise<void> =>
    writeFile(filler, Buffer.alloc(1_000_000)).catch(() => undefined);
  await fill();
  const before = await readFile(file);
  let refused = 0;
  for (let pages = 0; ; pages++) {
    const { error, message } = await change(file, "g-full");
    if (error === null) break;
    refused++;
    findings.same(`${pages} pages free`, error, "disk_full");
    findings.same(`${pages} pages free, no key in the message`, /not-a-key/.test(message), false);
    await findings.intact(`${pages} pages free`, file, before, ["filler"]);
    const { size } = await stat(filler);
    if (size === 0) break;
    await truncate(filler, Math.max(0, Math.floor((size - 1) / PAGE) * PAGE));
  }
  findings.same("a full disk fails more than once", refused > 1, true);
  await rm(filler);
  findings.same("room again", (await change(file, "g-room")).error, null);
  const text = await readFile(file, "utf8");
  await findings.intact(
    "room again",
    file,
    Buffer.from(before.toString().replace("g-0", "g-room")),
  );
  return `ENOSPC on a tmpfs of 64 kB: refused with 0 to ${refused - 1} pages free, then saved (${text.length} bytes)`;
}

async function noInodes(disk: string, findings: Findings): Promise<string> {
  const file = await mount(disk, "size=256k,nr_inodes=3");
  await writeFile(join(disk, "filler"), "");
  const before = await readFile(file);
  findings.same("no free inode", (await change(file, "g-1")).error, "disk_full");
  await findings.intact("no free inode", file, before, ["filler"]);
  return "no free inode: refused";
}

async function readOnly(disk: string, findings: Findings): Promise<string> {
  const file = await mount(disk, "size=256k");
  const before = await readFile(file);
  run("mount", ["-o", "remount,ro", disk]);
  findings.same("read-only disk", (await change(file, "g-1")).error, "disk_read_only");
  await findings.intact("read-only disk", file, before);
  run("mount", ["-o", "remount,rw", disk]);
  findings.same("writable again", (await change(file, "g-1")).error, null);
  return "EROFS: refused, and saved when writable again";
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
}
