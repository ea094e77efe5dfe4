import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

const BUILD = join(__dirname, "../build");
const read = (file: string): Buffer => readFileSync(join(BUILD, file));

/** The width and height from the header of a PNG. */
function sizeOf(png: Buffer): readonly [number, number] {
  expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

it("Linux has an icon of every usual size, with the size in its name", () => {
  const sizes = [16, 32, 48, 64, 128, 256, 512];
  expect(readdirSync(join(BUILD, "icons")).toSorted()).toEqual(
    sizes.map((size) => `${size}x${size}.png`).toSorted(),
  );
  for (const size of sizes) {
    expect(sizeOf(read(`icons/${size}x${size}.png`))).toEqual([size, size]);
  }
});

it("Windows has one file with seven sizes, up to the 256 pixels of an installer", () => {
  const ico = read("icon.ico");
  const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const entry = 6 + 16 * index;
    const offset = ico.readUInt32LE(entry + 12);
    const png = ico.subarray(offset, offset + ico.readUInt32LE(entry + 8));
    const [width, height] = sizeOf(png);
    expect([ico[entry], ico[entry + 1]]).toEqual([width % 256, height % 256]);
    return width;
  });
  expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
});

it("macOS has one file with every size, including the double sizes for Retina", () => {
  const icns = read("icon.icns");
  expect(icns.toString("latin1", 0, 4)).toBe("icns");
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const found: Record<string, number> = {};
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    const [width, height] = sizeOf(icns.subarray(at + 8));
    expect(width).toBe(height);
    found[icns.toString("latin1", at, at + 4)] = width;
  }
  expect(found).toEqual({
    icp4: 16,
    icp5: 32,
    ic07: 128,
    ic08: 256,
    ic09: 512,
    ic10: 1024,
    ic11: 32,
    ic12: 64,
    ic13: 256,
    ic14: 512,
  });
});
