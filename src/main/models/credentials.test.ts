import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { IS_POSIX } from "../disk/testing/posix";
import { provider } from "../proof/testing/provider";
import { readKey } from "./credentials";
import { removeDirectory } from "../text/testing/remove-directory";

let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "keys-"));
});
afterAll(() => removeDirectory(directory));

async function keyFile(name: string, content: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

const withFile = (apiKeyFile: string) => provider("openai", { apiKey: undefined, apiKeyFile });

describe("a key file", () => {
  it("is read without surrounding white space and byte order mark", async () => {
    const path = await keyFile("key", "\uFEFF  sk-from-file\r\n\n");
    expect(await readKey(withFile(path), {})).toEqual({ success: true, data: "sk-from-file" });
  });

  it("takes precedence over the environment, but not over the key in the file", async () => {
    const path = await keyFile("key", "sk-from-file");
    const env = { OPENAI_API_KEY: "sk-from-environment" };
    const both = provider("openai", { apiKey: "sk-here", apiKeyFile: path });
    expect(await readKey(both, env)).toEqual({ success: true, data: "sk-here" });
    expect(await readKey(withFile(path), env)).toEqual({ success: true, data: "sk-from-file" });
    const none = provider("openai", { apiKey: "op://vault/openai" });
    expect(await readKey(none, env)).toEqual({ success: true, data: "sk-from-environment" });
  });

  it("is skipped like in mux when it has no key and the environment has one", async () => {
    const path = await keyFile("blank", " \n");
    const env = { OPENAI_API_KEY: "sk-from-environment" };
    expect(await readKey(withFile(path), env)).toEqual({
      success: true,
      data: "sk-from-environment",
    });
    expect(await readKey(withFile(path), {})).toMatchObject({
      error: { code: "key_file_unreadable" },
    });
  });

  it("is in the home directory when its path starts with ~", async () => {
    const result = await readKey(withFile("~/no-such-key-file-anywhere"), {});
    expect(result).toMatchObject({
      success: false,
      error: {
        code: "key_file_unreadable",
        message: expect.stringContaining(join(homedir(), "no-such-key-file-anywhere")),
      },
    });
  });

  it.each([
    ["does not exist", async () => join(directory, "missing")],
    ["is not a regular file", async () => directory],
    ["is larger than 64 KiB", () => keyFile("large", "k".repeat(64 * 1024 + 1))],
    ["is empty", () => keyFile("empty", " \n")],
  ])("is refused with the reason when it %s", async (reason, make) => {
    const path = await make();
    expect(await readKey(withFile(path), {})).toMatchObject({
      success: false,
      error: { code: "key_file_unreadable", message: expect.stringContaining(`it ${reason}`) },
    });
  });

  it.each([
    ["a key", "sk-canary-0123456789abcdefghij"],
    ["a key with slashes", "canary/0123456789/abcdefghij"],
    ["a key that begins with a slash", "/canary0123456789+abcdefghij/klm=="],
    ["a relative path", "./sk-canary"],
    ["two lines", "sk-canary\nsk-canary"],
    ["a text that is too long for a path", "sk-canary".repeat(1000)],
  ])("is not quoted when its path may be a key: %s", async (_, pasted) => {
    const result = await readKey(withFile(pasted), {});
    expect(result).toMatchObject({
      success: false,
      error: {
        code: "key_file_unreadable",
        message: expect.stringContaining('"apiKeyFile" must be the path of a file'),
      },
    });
    expect(JSON.stringify(result)).not.toContain("canary");
  });

  it.runIf(existsSync("/proc/self/pagemap"))(
    "is refused after 64 KiB when it never ends and its reported size is 0",
    async () => {
      const before = process.memoryUsage().rss;
      expect(await readKey(withFile("/proc/self/pagemap"), {})).toMatchObject({
        error: { message: expect.stringContaining("it is larger than 64 KiB") },
      });
      expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
    },
  );

  it.runIf(existsSync("/dev/zero"))("is refused when it is a device", async () => {
    expect(await readKey(withFile("/dev/zero"), {})).toMatchObject({
      error: { message: expect.stringContaining("it is not a regular file") },
    });
  });

  it.runIf(IS_POSIX)("is refused without waiting when it is a named pipe", async () => {
    const path = join(directory, "pipe");
    execFileSync("mkfifo", [path]);
    expect(await readKey(withFile(path), {})).toMatchObject({
      error: { message: expect.stringContaining("it is not a regular file") },
    });
  });

  it("is refused without quoting it when it contains more than a key", async () => {
    const path = await keyFile("two", "sk-first\nsk-second");
    const result = await readKey(withFile(path), {});
    expect(result).toMatchObject({ success: false, error: { code: "key_invalid" } });
    expect(JSON.stringify(result)).not.toContain("sk-");
  });
});

describe("a provider without a key", () => {
  it.each(["anthropic", "openai", "google", "xai", "deepseek", "openrouter", "moonshotai"])(
    "is refused with the variables to set when it is %s",
    async (id) => {
      const result = await readKey(provider(id, { apiKey: " " }), {});
      expect(result).toMatchObject({
        success: false,
        error: { code: "key_missing", message: expect.stringMatching(/_API_KEY/) },
      });
    },
  );

  it.each(["ollama", "mine"])("is accepted when it is %s", async (id) => {
    const result = await readKey(provider(id, { apiKey: undefined }), { OPENAI_API_KEY: "sk" });
    expect(result).toEqual({ success: true, data: null });
  });
});
