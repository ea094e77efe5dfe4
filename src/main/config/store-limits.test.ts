import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { MAX_BYTES } from "../disk/file-bytes";
import { openProvidersStore } from "./store";
import { removeDirectory } from "../text/testing/remove-directory";

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "store-limits-"));
  file = join(directory, "providers.jsonc");
});

afterEach(async () => {
  await removeDirectory(directory);
});

const GATEWAY = {
  accountId: "0123456789abcdef0123456789abcdef",
  gatewayName: "my-gateway",
};

/** A valid file of exactly this many bytes. */
function textOf(bytes: number): string {
  const object = `{ "openai": { "apiKey": "not-a-key" } }\n`;
  const comment = `// ${"-".repeat(99)}\n`;
  const comments = comment.repeat(Math.floor((bytes - object.length) / comment.length));
  return comments + " ".repeat(bytes - object.length - comments.length) + object;
}

async function enableIn(text: string) {
  await writeFile(file, text);
  const log = { info: () => undefined, warn: () => undefined };
  const store = openProvidersStore({ file, env: {}, log });
  const done = await store.enable("openai", GATEWAY);
  await store.close();
  return done;
}

test("refuses a change when the file would become too large to read", async () => {
  const text = textOf(MAX_BYTES);
  expect(await enableIn(text)).toMatchObject({
    success: false,
    error: { code: "file_too_large" },
  });
  expect((await readFile(file, "utf8")) === text).toBe(true);
  expect(await readdir(directory)).toEqual(["providers.jsonc"]);
});

test("makes a change when the file stays below the limit", async () => {
  expect(await enableIn(textOf(MAX_BYTES - 1000))).toMatchObject({ success: true });
});
