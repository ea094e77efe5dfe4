import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { expect, test } from "@playwright/test";
import { z } from "zod";

import { launchPanel, withUserHome } from "../checks/driving/launch";
import { PanelPage } from "../checks/driving/panel-page";
import { startDemo } from "../demo/demo";
import { ROOT } from "../scripts/runtime";

/** Marks the fuses in Electron's binary (Electron, "Fuses"). */
const SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const FUSES = [
  "runAsNode",
  "cookieEncryption",
  "nodeOptions",
  "nodeCliInspect",
  "embeddedAsarIntegrityValidation",
  "onlyLoadAppFromAsar",
  "browserProcessV8Snapshot",
  "fileProtocolExtraPrivileges",
  // The packager does not know it, so it keeps Electron's default.
  "wasmTrapHandlers",
] as const;

const FILE = z.object({
  size: z.number(),
  offset: z.string(),
  integrity: z.object({ algorithm: z.literal("SHA256"), hash: z.string() }),
});
const FOLDER = z.object({
  get files() {
    return z.record(z.string(), z.union([FILE, FOLDER]));
  },
});

type Archive = ReadonlyMap<string, { readonly hash: string; readonly bytes: Buffer }>;

/** Every file of an asar archive, whose header is the length of a JSON text and the text. */
async function readArchive(path: string): Promise<Archive> {
  const bytes = await readFile(path);
  const begin = 8 + bytes.readUInt32LE(4);
  const json: unknown = JSON.parse(bytes.toString("utf8", 16, 16 + bytes.readUInt32LE(12)));
  const found = new Map<string, { hash: string; bytes: Buffer }>();
  const visit = ({ files }: z.infer<typeof FOLDER>, above: string): void => {
    for (const [name, entry] of Object.entries(files)) {
      const inside = `${above}${name}`;
      if ("files" in entry) visit(entry, `${inside}/`);
      else {
        const from = begin + Number(entry.offset);
        const content = bytes.subarray(from, from + entry.size);
        found.set(inside, { hash: entry.integrity.hash, bytes: content });
      }
    }
  };
  visit(FOLDER.parse(json), "");
  return found;
}

test.describe("the packaged app", () => {
  let folder: string;
  let packed: string;
  let archive: Archive;

  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "packed-"));
    // A fake Electron binary with the parts that the packager reads and changes.
    const electron = join(folder, "electron");
    await mkdir(electron);
    const fuses = Buffer.concat([Buffer.from([1, FUSES.length]), Buffer.from("101100101")]);
    const binary = Buffer.concat([Buffer.from(SENTINEL), fuses, Buffer.alloc(64)]);
    await writeFile(join(electron, "electron"), binary, { mode: 0o755 });
    await writeFile(join(electron, "version"), "0.0.0");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        join(ROOT, "node_modules/electron-builder/cli.js"),
        "--linux",
        "dir",
        "--x64",
        `--config.directories.output=${join(folder, "release")}`,
        `--config.electronDist=${electron}`,
        "--config.electronVersion=45.4.1",
      ],
      { cwd: ROOT, encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
    packed = join(folder, "release/linux-unpacked");
    archive = await readArchive(join(packed, "resources/app.asar"));
  });
  test.afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

  test("contains only the bundles and the files that start them", () => {
    const names = [...archive.keys()];
    const strangers = names.filter(
      (name) =>
        !/^(?:index\.js|package\.json|out\/main\/[\w.-]+\.cjs|out\/preload\/index\.cjs|out\/renderer\/index\.html|out\/renderer\/assets\/[\w.-]+\.(?:js|css|woff2))$/.test(
          name,
        ),
    );
    expect(strangers).toEqual([]);
    expect(names).toEqual(
      expect.arrayContaining([
        "index.js",
        "package.json",
        "out/main/index.cjs",
        "out/preload/index.cjs",
        "out/renderer/index.html",
      ]),
    );
  });

  test("contains the bundles unchanged, with checksums", async () => {
    for (const [name, { hash, bytes }] of archive) {
      expect(createHash("sha256").update(bytes).digest("hex"), name).toBe(hash);
      if (name !== "package.json")
        expect(bytes.equals(await readFile(join(ROOT, name)))).toBe(true);
    }
  });

  test("contains its licence and those of the bundled packages in readable files", async () => {
    const resource = (name: string) => readFile(join(packed, "resources", name), "utf8");
    expect(await resource("LICENSE")).toBe(await readFile(join(ROOT, "LICENSE"), "utf8"));
    for (const [file, names] of [
      ["main", ["@ai-sdk/anthropic", "ai", "jsonc-parser", "undici", "zod"]],
      [
        "renderer",
        ["@fontsource-variable/geist", "@tanstack/react-query", "lucide-react", "react"],
      ],
    ] as const) {
      const notices = await resource(`THIRD-PARTY-NOTICES/${file}.txt`);
      for (const name of names) expect(notices).toMatch(new RegExp(`^${name} \\d`, "m"));
    }
  });

  test("requires only files that it contains", () => {
    for (const [name, { bytes }] of archive) {
      const required = [...bytes.toString("utf8").matchAll(/\brequire\("(\.[^"]+)"\)/g)];
      for (const [, path = ""] of name.endsWith(".cjs") || name === "index.js" ? required : []) {
        expect([...archive.keys()]).toContain(join(name, "..", path).replaceAll("\\", "/"));
      }
    }
  });

  test("contains no build information", () => {
    const text = archive.get("package.json")?.bytes.toString("utf8") ?? "";
    expect(Object.keys(JSON.parse(text))).toEqual(expect.arrayContaining(["name", "version"]));
    expect(text).not.toMatch(/devDependencies|"scripts"/);
  });

  // Electron's lib/browser/init.ts: the window belongs to the .desktop file of this name.
  test("names the .desktop file that the Linux packages install", () => {
    const text = archive.get("package.json")?.bytes.toString("utf8") ?? "";
    expect(JSON.parse(text)).toMatchObject({ desktopName: "mux-settings.desktop" });
  });

  test("starts from the files in the archive alone and shows the panel", async () => {
    const extracted = join(folder, "extracted");
    for (const [name, { bytes }] of archive) {
      await mkdir(dirname(join(extracted, name)), { recursive: true });
      await writeFile(join(extracted, name), bytes);
    }
    const demo = await startDemo({});
    try {
      await withUserHome(async (userHome) => {
        const panel = await launchPanel({ app: extracted, env: demo.env, userHome });
        await new PanelPage(panel.page).ready();
        await expect(panel.page.locator(".cfgw-footer")).toContainText(demo.file);
        await panel.end();
        expect(panel.complaints).toEqual([]);
      });
    } finally {
      await demo.close();
    }
  });

  test("cannot be started as Node or with another app", async () => {
    const binary = await readFile(join(packed, "mux-cloudflare-gateway"));
    const wire = binary.indexOf(SENTINEL) + SENTINEL.length + 2;
    const set = FUSES.map((fuse, index) => [fuse, binary[wire + index] === "1".charCodeAt(0)]);
    expect(Object.fromEntries(set)).toEqual({
      runAsNode: false,
      cookieEncryption: false,
      nodeOptions: false,
      nodeCliInspect: false,
      embeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      browserProcessV8Snapshot: false,
      fileProtocolExtraPrivileges: false,
      wasmTrapHandlers: true,
    });
  });
});
