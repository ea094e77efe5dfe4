import { describe, expect, it } from "vitest";

import type { TestReport } from "./report";
import { curlOf } from "./report-curl";
import { markdownOf } from "./report-markdown";

const REPORT: TestReport = {
  provider: "anthropic",
  model: "claude-haiku-4-5",
  answeredModel: "claude-haiku-4-5",
  expected: "gateway",
  verdict: "gateway",
  evidence: [{ kind: "header", text: "cf-aig-log-id: 01J`*_[x](y)" }],
  ok: false,
  request: {
    method: "POST",
    url: "https://gateway.ai.cloudflare.com/v1/a/b/anthropic/v1/messages?x='y'",
    headers: [
      ["x-api-key", "[redacted]"],
      ["cf-aig-authorization", "[redacted]"],
      ["content-type", "application/json"],
      ["content-length", "17"],
      ["host", "gateway.ai.cloudflare.com"],
    ],
    body: `{"say":"it's $HOME"}`,
  },
  status: 400,
  timings: { dnsMs: 1, tcpMs: 2, tlsMs: 3, firstByteMs: 4.4, firstTokenMs: null, totalMs: 6 },
  tokens: null,
  cache: "MISS",
  logId: "01J",
  diagnosis: null,
  raw: {
    status: 400,
    headers: [["server", "x"]],
    body: "```\n# not a heading\n````",
    truncated: false,
  },
  startedAt: "2026-11-23T07:00:00.000Z",
};

describe("a test as a cURL command", () => {
  it("writes secrets as environment variables and quotes everything else for the shell", () => {
    expect(curlOf(REPORT)).toBe(
      [
        `curl -sS -i -X POST 'https://gateway.ai.cloudflare.com/v1/a/b/anthropic/v1/messages?x='\\''y'\\'''`,
        `-H "x-api-key: $ANTHROPIC_API_KEY"`,
        `-H "cf-aig-authorization: Bearer $CF_AIG_TOKEN"`,
        `-H 'content-type: application/json'`,
        `--data-raw '{"say":"it'\\''s $HOME"}'`,
      ].join(" \\\n  "),
    );
  });

  it("is null when no request was made or its headers were not stored", () => {
    expect(curlOf({ ...REPORT, request: null })).toBeNull();
    expect(curlOf({ ...REPORT, request: { method: "POST", url: "https://x" } })).toBeNull();
  });
});

describe("a test as Markdown", () => {
  it("escapes markup in remote text", () => {
    const text = markdownOf(REPORT, "Anth|ropic");
    expect(text).toContain("| Provider | Anth\\|ropic |");
    expect(text).toContain("- cf-aig-log-id: 01J\\`\\*\\_\\[x\\](y)");
    expect(text).toContain("| First byte | 4 ms |");
    expect(text).not.toContain("First token");
    expect(text).toContain("| TLS | 3 ms | 3 ms |");
    const fences = text.split("\n").filter((line) => /^`{5}$/.test(line));
    expect(fences).toHaveLength(2);
  });

  it("contains the notes and mentions a reused connection", () => {
    const timings = { ...REPORT.timings, dnsMs: null, tcpMs: null, tlsMs: null };
    const note = { code: "answered_from_cache", message: "The | cache answered." } as const;
    const text = markdownOf({ ...REPORT, timings, notes: [note] }, "Anthropic");
    expect(text).toContain("- The \\| cache answered.");
    expect(text).toContain("reused");
    expect(text).not.toContain("| TLS |");
  });
});
