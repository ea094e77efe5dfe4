import { describe, expect, it } from "vitest";

import { canSandbox, sandboxAdvice } from "./linux-sandbox";

const BINARY = "/home/me/project/node_modules/electron/dist/electron";

function facts({
  status = null,
  settings = {},
  helper = false,
}: {
  readonly status?: number | null;
  readonly settings?: Readonly<Record<string, string>>;
  readonly helper?: boolean;
}) {
  return {
    namespaceStatus: () => status,
    setting: (name: string) => settings[name] ?? null,
    isSetuidRoot: (file: string) => helper && file.endsWith("/dist/chrome-sandbox"),
  };
}

describe("canSandbox", () => {
  it.each([
    ["a program can enter a user namespace", facts({ status: 0 }), true],
    ["a program cannot enter a user namespace", facts({ status: 1 }), false],
    ["the helper is setuid root", facts({ status: 1, helper: true }), true],
    ["unshare is missing and nothing forbids namespaces", facts({}), true],
    [
      "unshare is missing and AppArmor restricts namespaces, as on Ubuntu 24.04",
      facts({ settings: { "kernel/apparmor_restrict_unprivileged_userns": "1\n" } }),
      false,
    ],
    [
      "unshare is missing and Debian's setting forbids namespaces",
      facts({ settings: { "kernel/unprivileged_userns_clone": "0\n" } }),
      false,
    ],
    [
      "unshare is missing and no namespaces are left",
      facts({ settings: { "user/max_user_namespaces": "0\n" } }),
      false,
    ],
  ])("answers for a system where %s", (_, system, answer) => {
    expect(canSandbox(BINARY, system)).toBe(answer);
  });
});

it("names the helper of this copy of Electron in its advice", () => {
  expect(sandboxAdvice(BINARY).join("\n")).toContain(
    'sudo chmod 4755 "/home/me/project/node_modules/electron/dist/chrome-sandbox"',
  );
});
