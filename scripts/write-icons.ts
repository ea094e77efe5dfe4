/** `npm run icons`: build/icon.svg → the icons of the three systems, rendered by the installed Chromium. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { chromium } from "playwright";

import { installedChromium, ROOT } from "./runtime";

const BUILD = join(ROOT, "build");
const LINUX = [16, 32, 48, 64, 128, 256, 512] as const;
const WINDOWS = [16, 24, 32, 48, 64, 128, 256] as const;
/** The entry types of an .icns file that contain a PNG, with their sizes. */
const MAC = [
  ["icp4", 16],
  ["icp5", 32],
  ["ic07", 128],
  ["ic08", 256],
  ["ic09", 512],
  ["ic10", 1024],
  ["ic11", 32],
  ["ic12", 64],
  ["ic13", 256],
  ["ic14", 512],
] as const;

type Pictures = ReadonlyMap<number, Buffer>;

async function draw(sizes: readonly number[]): Promise<Pictures> {
  const executablePath = installedChromium();
  if (executablePath === null) throw new Error("Neither Chrome nor Chromium is installed.");
  const svg = readFileSync(join(BUILD, "icon.svg")).toString("base64");
  const browser = await chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    const page = await browser.newPage();
    const pictures = new Map<number, Buffer>();
    for (const size of new Set(sizes)) {
      await page.setViewportSize({ width: size, height: size });
      await page.setContent(
        `<body style="margin:0"><img width="${size}" height="${size}" style="display:block" src="data:image/svg+xml;base64,${svg}">`,
      );
      await page.evaluate(() => document.images[0]?.decode());
      pictures.set(size, await page.screenshot({ omitBackground: true }));
    }
    return pictures;
  } finally {
    await browser.close();
  }
}

function of(pictures: Pictures, size: number): Buffer {
  const picture = pictures.get(size);
  if (picture === undefined) throw new Error(`An image of ${size} pixels is missing.`);
  return picture;
}

/** A header, a 16-byte entry for each image, and the PNGs. A size of 256 is written as 0. */
function ico(pictures: Pictures): Buffer {
  const head = Buffer.alloc(6 + 16 * WINDOWS.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(WINDOWS.length, 4);
  let offset = head.length;
  for (const [index, size] of WINDOWS.entries()) {
    const at = 6 + 16 * index;
    const { length } = of(pictures, size);
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += length;
  }
  return Buffer.concat([head, ...WINDOWS.map((size) => of(pictures, size))]);
}

/** The file and each part start with a four-letter type and a length, which includes these eight bytes. */
function icns(pictures: Pictures): Buffer {
  return part("icns", Buffer.concat(MAC.map(([kind, size]) => part(kind, of(pictures, size)))));
}

function part(kind: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(kind, "latin1");
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}

async function main(): Promise<void> {
  const pictures = await draw([...LINUX, ...WINDOWS, ...MAC.map(([, size]) => size)]);
  mkdirSync(join(BUILD, "icons"), { recursive: true });
  for (const size of LINUX) {
    writeFileSync(join(BUILD, `icons/${size}x${size}.png`), of(pictures, size));
  }
  writeFileSync(join(BUILD, "icon.png"), of(pictures, 1024));
  writeFileSync(join(BUILD, "icon.ico"), ico(pictures));
  writeFileSync(join(BUILD, "icon.icns"), icns(pictures));
}

void main();
