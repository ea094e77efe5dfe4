import { expect, test } from "vitest";

import { fileProblem } from "./file-problem";

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: and the path`), { code });
}

test.each([
  ["EACCES", "file_permission", "permission denied"],
  ["EPERM", "file_permission", "permission denied"],
  ["EROFS", "disk_read_only", "read-only disk"],
  ["ENOSPC", "disk_full", "disk is full"],
  ["EDQUOT", "disk_full", "disk is full"],
  ["EISDIR", "file_is_directory", "is a folder"],
  ["ELOOP", "file_link_dangling", "broken symlink"],
  ["EIO", "file_unwritable", "the disk reports an error"],
  ["ENOENT", "file_unwritable", "its directory does not exist"],
  ["EWEIRD", "file_unwritable", "the system says EWEIRD"],
] as const)("maps %s to %s", (code, expected, words) => {
  const problem = fileProblem(systemError(code), "/home/me/.mux/providers.jsonc", "written");
  expect(problem.code).toBe(expected);
  expect(problem.message).toContain(words);
  expect(problem.message).toContain("/home/me/.mux/providers.jsonc");
});

test("names the read operation when reading failed", () => {
  expect(fileProblem(systemError("EIO"), "file", "read").code).toBe("file_unreadable");
  expect(fileProblem(systemError("EACCES"), "file", "read").message).toContain("could not be read");
});

test("hides the message when the error is not a system error", () => {
  expect(fileProblem(new Error("sk-secret"), "file", "written").message).not.toContain("secret");
});
