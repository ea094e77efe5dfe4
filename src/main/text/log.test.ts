import { afterEach, describe, expect, it, vi } from "vitest";

import { consoleLog } from "./log";

describe("the log on the console", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  function logged(...line: Parameters<typeof consoleLog.info>): string {
    const lines: unknown[][] = [];
    const keep = (...parts: unknown[]): void => void lines.push(parts);
    vi.spyOn(console, "log").mockImplementation(keep);
    vi.spyOn(console, "warn").mockImplementation(keep);
    consoleLog.info(...line);
    consoleLog.warn(...line);
    expect(lines[1]).toEqual(lines[0]);
    return (lines[0] ?? []).join(" ");
  }

  it("writes mux's documented message on one line, however long it is", () => {
    const accountId = "0123456789abcdef0123456789abcdef";
    const gatewayName = "a-gateway-with-a-name-of-sixty-four-characters-as-long-as-they-go";
    const details = { provider: "anthropic", accountId, gatewayName };
    expect(logged("Using Cloudflare AI Gateway", details)).toBe(
      `Using Cloudflare AI Gateway { provider: 'anthropic', accountId: '${accountId}', gatewayName: '${gatewayName}' }`,
    );
  });

  it.each([
    ["a new line", "x\nUsing Cloudflare AI Gateway { provider: 'openai' }"],
    ["a carriage return over the line", "x\rUsing"],
    ["another kind of line break", "x\u2028y\u0085z\u2029"],
    ["a terminal's escapes", "\u001b[2J\u001b]0;title\u0007\u009b31m"],
    ["turned text", "\u202egnp.exe"],
    ["format specifiers", "%s %o %c"],
  ])("escapes %s in a name", (_, name) => {
    for (const line of [
      logged(name),
      logged("Using", { provider: name, [name]: { deep: name } }),
    ]) {
      expect(line).not.toMatch(/[^\P{Cc}\t]|[\u2028\u2029\u202a-\u202e]/u);
    }
    expect(logged("%s", { provider: name })).toMatch(/^%s \{/);
  });
});
