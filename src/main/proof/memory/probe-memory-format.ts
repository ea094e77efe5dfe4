/** The file format of saved route test results; a file that does not match it is ignored. */
import type { z } from "zod";

import type { Diagnosis, DiagnosisAct, TestReport } from "../../../shared/report";
import { lazySchema, type Parsed } from "../../text/schema";
import { redactUrl } from "../../text/url-secrets";
import { DIAGNOSIS_RULES } from "../diagnosis/diagnosis-rules";

/** Falls back to a general cause if the rules of this ID differ, or no longer exist. */
function explanationOf(saved: string): Pick<Diagnosis, "short" | "act"> {
  const rules = DIAGNOSIS_RULES.filter(({ rule }) => rule === saved);
  const [first] = rules;
  const kind = first?.act ?? null;
  const act = kind === "test_again" ? { kind, notBefore: null } : kind && { kind };
  const agree = rules.every(({ short }) => short === first?.short);
  return { short: first && agree ? first.short : "Test failed", act };
}

export const MEMORY_FORMAT = lazySchema((z) => {
  const text = z.string().max(20_000);
  const milliseconds = z.number().nonnegative().nullable();

  const ACT = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("test_again"), notBefore: z.iso.datetime().nullable() }),
    z.object({
      kind: z.literal("set_route_priority"),
      setting: z.enum(["priority", "override"]),
    }),
    z.object({
      kind: z.enum([
        "enter_token",
        "edit_account",
        "edit_gateway_name",
        "choose_segment",
        "check_key",
        "choose_model",
        "test_direct",
        "open_page",
        "copy_report",
      ]),
    }),
  ]) satisfies z.ZodType<DiagnosisAct>;

  const REPORT = z.object({
    provider: text,
    model: text,
    answeredModel: text.nullable(),
    expected: z.enum(["gateway", "direct"]),
    route: z.enum(["saved", "direct", "mux"]).exactOptional(),
    through: text.exactOptional(),
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
        short: text.exactOptional(),
        // A newer version may know more of them.
        act: z.unknown().optional(),
        link: z.object({ label: text, url: text }).nullable(),
      })
      // Version 0.1.0 saved neither.
      .transform(({ short, act, ...saved }) => {
        const known = explanationOf(saved.rule);
        return {
          ...saved,
          short: short ?? known.short,
          act: act === undefined ? known.act : (ACT.safeParse(act).data ?? null),
        };
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
            "mux_gateway_called",
          ]),
          message: text,
        }),
      )
      .exactOptional(),
    startedAt: z.iso.datetime(),
  }) satisfies z.ZodType<TestReport>;

  const TESTS = z.array(z.object({ provider: text, fingerprint: text, report: REPORT })).max(5000);

  return z.object({
    version: z.literal(1),
    /** For the fingerprints; random for each new file. */
    salt: z.string().min(16),
    tests: TESTS,
    // Apart from `tests`, which earlier versions read as tests of the saved route.
    muxTests: TESTS.default([]),
    directTests: TESTS.default([]),
    models: z.array(z.object({ provider: text, model: text })).max(5000),
  });
});

export interface SavedTest {
  readonly provider: string;
  readonly fingerprint: string;
  readonly report: TestReport;
}

export type Memory = Omit<Parsed<typeof MEMORY_FORMAT>, SavedTests> & {
  readonly [Name in SavedTests]: readonly SavedTest[];
};

/** One list of tests for each route. */
export type SavedTests = "tests" | "muxTests" | "directTests";
