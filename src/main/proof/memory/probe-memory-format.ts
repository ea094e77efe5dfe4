/** The file format of saved route test results; a file that does not match it is ignored. */
import { z } from "zod";

import type { TestReport } from "../../../shared/report";
import { redactUrl } from "../../text/url-secrets";

const text = z.string().max(20_000);
const milliseconds = z.number().nonnegative().nullable();

const REPORT = z.object({
  provider: text,
  model: text,
  answeredModel: text.nullable(),
  expected: z.enum(["gateway", "direct"]),
  verdict: z.enum(["gateway", "direct", "unproven", "bypassed", "unreachable"]),
  evidence: z.array(
    z.object({
      kind: z.enum([
        "host",
        "status",
        "header",
        "body",
        "network",
        "redirect",
        "tls",
        "certificate",
      ]),
      text,
    }),
  ),
  ok: z.boolean(),
  // Version 0.1.0 saved the values of most query parameters.
  request: z.object({ method: text, url: text.transform((url) => redactUrl(url)) }).nullable(),
  status: z.number().nullable(),
  timings: z.object({
    dnsMs: milliseconds,
    tcpMs: milliseconds,
    tlsMs: milliseconds,
    tunnelMs: milliseconds.exactOptional(),
    firstByteMs: milliseconds,
    firstTokenMs: milliseconds,
    lastByteMs: milliseconds.exactOptional(),
    totalMs: z.number().nonnegative(),
  }),
  tokens: z.object({ input: z.number().nullable(), output: z.number().nullable() }).nullable(),
  cache: text.nullable(),
  logId: text.nullable(),
  diagnosis: z
    .object({
      culprit: z.enum(["gateway", "provider", "edge", "network", "computer", "unknown"]),
      rule: text,
      title: text,
      meaning: text,
      action: text,
      link: z.object({ label: text, url: text }).nullable(),
    })
    .nullable(),
  raw: z.null(),
  notes: z
    .array(
      z.object({
        code: z.enum([
          "base_url_is_gateway",
          "base_url_from_environment",
          "answered_from_cache",
          "fallback_answered",
          "other_model_answered",
          "gateway_headers_held_back",
          "environment_problem",
        ]),
        message: text,
      }),
    )
    .exactOptional(),
  startedAt: z.iso.datetime(),
}) satisfies z.ZodType<TestReport>;

export const MEMORY_FORMAT = z.object({
  version: z.literal(1),
  /** For the fingerprints; random for each new file. */
  salt: z.string().min(16),
  tests: z.array(z.object({ provider: text, fingerprint: text, report: REPORT })).max(5000),
  models: z.array(z.object({ provider: text, model: text })).max(5000),
});

export type Memory = Omit<z.infer<typeof MEMORY_FORMAT>, "tests"> & {
  readonly tests: readonly {
    readonly provider: string;
    readonly fingerprint: string;
    readonly report: TestReport;
  }[];
};
