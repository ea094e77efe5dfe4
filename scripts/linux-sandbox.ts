/** Tells whether Chromium's sandbox can start on this Linux system. Without it, Electron aborts. */
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path/posix";

/** The settings that forbid user namespaces, with the value that does so. */
const FORBIDDING = [
  ["kernel/apparmor_restrict_unprivileged_userns", "1"],
  ["kernel/unprivileged_userns_clone", "0"],
  ["user/max_user_namespaces", "0"],
] as const;

/** Sources of the answer, replaceable in tests. */
export interface SandboxFacts {
  /** Exit code of a program that enters a user namespace, or null if it is not installed. */
  readonly namespaceStatus: () => number | null;
  /** The text of a file below /proc/sys, or null. */
  readonly setting: (name: string) => string | null;
  /** Whether root owns the file and it is setuid. */
  readonly isSetuidRoot: (file: string) => boolean;
}

/**
 * Whether the sandbox of the Electron binary can start: with its setuid helper, or with user namespaces.
 * Ubuntu 23.10 and later restrict namespaces with AppArmor, and a helper from npm belongs to the user
 * (Electron's docs/tutorial/sandbox.md; electron-builder's AppImage launcher tries `unshare` as well).
 */
export function canSandbox(executable: string, facts: SandboxFacts = SYSTEM): boolean {
  if (facts.isSetuidRoot(helperOf(executable))) return true;
  const status = facts.namespaceStatus();
  if (status !== null) return status === 0;
  return FORBIDDING.every(([name, value]) => facts.setting(name)?.trim() !== value);
}

/** Ways to make the sandbox start, one line each. */
export function sandboxAdvice(executable: string): readonly string[] {
  const helper = helperOf(executable);
  return [
    "Electron's sandbox cannot start, because this system does not let programs create user namespaces.",
    "Allow it for this copy of Electron:",
    `  sudo chown root "${helper}" && sudo chmod 4755 "${helper}"`,
    "Or allow it for all programs until the next restart:",
    "  sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    "Or start without the sandbox: npm start -- --no-sandbox",
  ];
}

function helperOf(executable: string): string {
  return join(dirname(executable), "chrome-sandbox");
}

const SYSTEM: SandboxFacts = {
  namespaceStatus: () => spawnSync("unshare", ["-Ur", "true"], { stdio: "ignore" }).status,
  setting: (name) => {
    try {
      return readFileSync(join("/proc/sys", name), "utf8");
    } catch {
      return null;
    }
  },
  isSetuidRoot: (file) => {
    const found = statSync(file, { throwIfNoEntry: false });
    return found !== undefined && found.uid === 0 && (found.mode & 0o4000) !== 0;
  },
};
