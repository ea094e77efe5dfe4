import { randomBytes } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { success } from "../../shared/result";
import { holdsBytes } from "./read-file";
import { removeDirectory } from "../text/testing/remove-directory";

describe("holdsBytes", () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "read-file-"));
    file = join(directory, "providers.jsonc");
  });
  afterEach(() => removeDirectory(directory));

  const PIECE = 64 * 1024;

  it.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])(
    "detects one byte more or less when the file has %d bytes",
    async (length) => {
      const bytes = randomBytes(length);
      await writeFile(file, bytes);
      expect(await holdsBytes(file, bytes)).toEqual(success(true));
      const longer = Buffer.concat([bytes, randomBytes(1)]);
      expect(await holdsBytes(file, longer)).toEqual(success(false));
      await writeFile(file, longer);
      expect(await holdsBytes(file, bytes)).toEqual(success(false));
    },
  );

  it.each([0, PIECE - 1, PIECE, 2 * PIECE])("returns false when byte %d differs", async (index) => {
    const bytes = Buffer.alloc(2 * PIECE + 1, "a");
    await writeFile(file, bytes);
    bytes.write("b", index);
    expect(await holdsBytes(file, bytes)).toEqual(success(false));
  });

  it("distinguishes an empty file from a missing one", async () => {
    expect(await holdsBytes(file, null)).toEqual(success(true));
    expect(await holdsBytes(file, Buffer.alloc(0))).toEqual(success(false));
    await writeFile(file, "");
    expect(await holdsBytes(file, null)).toEqual(success(false));
    expect(await holdsBytes(file, Buffer.alloc(0))).toEqual(success(true));
  });

  it("fails when the path is a directory", async () => {
    expect(await holdsBytes(directory, null)).toMatchObject({
      error: { code: "file_is_directory" },
    });
  });
});
