/** Converts a file system error (errno) to an error with a sentence for the user. */
import { gatewayError, type GatewayError } from "../../shared/errors";

/** The error to show when reading or writing `file` failed. */
export function fileProblem(error: unknown, file: string, doing: "read" | "written"): GatewayError {
  const code = errnoOf(error) ?? "";
  switch (code) {
    case "EACCES":
    case "EPERM":
      return gatewayError("file_permission", { file, doing });
    case "EROFS":
      return gatewayError("disk_read_only", { file });
    case "ENOSPC":
    case "EDQUOT":
      return gatewayError("disk_full", { file });
    case "EISDIR":
      return gatewayError("file_is_directory", { file });
    case "ELOOP":
      return gatewayError("file_link_dangling", { file });
    default: {
      const reason = REASONS.get(code) ?? `the system says ${code || "nothing more"}`;
      return gatewayError(doing === "read" ? "file_unreadable" : "file_unwritable", {
        file,
        reason,
      });
    }
  }
}

/** The symbolic name of a system error, such as `ENOENT`; null for anything else. */
export function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "its directory does not exist"],
  ["ENOTDIR", "a part of its path is a file, not a directory"],
  ["EIO", "the disk reports an error"],
  ["EMFILE", "too many files are open"],
  ["ENFILE", "too many files are open on this computer"],
  ["EBUSY", "another program has it open"],
  ["ENAMETOOLONG", "its path is too long"],
  ["ESTALE", "the network disk lost it"],
  ["ETIMEDOUT", "the network disk did not answer"],
]);
