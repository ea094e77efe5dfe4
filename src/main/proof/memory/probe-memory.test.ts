import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { TestReport } from "../../../shared/report";
import type { ProviderConfig } from "../../mux/provider-config";
import { PRIVATE_FILE } from "../../disk/testing/posix";
import { openProbeMemory } from "./probe-memory";
import { removeDirectory } from "../../text/testing/remove-directory";

const KEY = "sk-canary-1";
const PROMPT = "Reply with the single word";
const RESPONSE = "the provider's response";

const provider = (values: Record<string, unknown> = {}): ProviderConfig => ({
  id: "anthropic",
  kind: "built-in",
  inFile: true,
  enabled: true,
  values: { apiKey: KEY, ...values },
  block: null,
});

const REPORT: TestReport = {
  provider: "anthropic",
  model: "claude-haiku-4-5",
  answeredModel: null,
  expected: "direct",
  verdict: "direct",
  evidence: [{ kind: "host", text: "Called api.anthropic.com" }],
  ok: true,
  request: {
    method: "POST",
    url: "https://api.anthropic.com/v1/messages",
    headers: [["x-api-key", "[redacted]"]],
    body: PROMPT,
  },
  status: 200,
  timings: { dnsMs: 1, tcpMs: 2, tlsMs: 3, firstByteMs: 4, firstTokenMs: 5, totalMs: 6 },
  tokens: { input: 1, output: 2 },
  cache: null,
  logId: null,
  diagnosis: null,
  raw: { status: 200, headers: [], body: RESPONSE, truncated: false },
  startedAt: "2026-11-23T07:00:00.000Z",
};

describe("the saved results", () => {
  let folder: string;
  let file: string;
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (message: string) => void warnings.push(message) };
  const open = (env: NodeJS.ProcessEnv = {}) => openProbeMemory({ file, env, log });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "probe-memory-"));
    file = join(folder, "profile", "tests.json");
    warnings.length = 0;
  });
  afterEach(() => removeDirectory(folder));

  it("have no query values when an earlier version saved some", async () => {
    const request = { method: "POST", url: "https://llm.example.com/v1?code=canary#canary" };
    await open().saveReport(provider(), { ...REPORT, request });
    const [test] = (await open().read([provider()])).tests;
    expect(test?.report.request?.url).toBe("https://llm.example.com/v1?code=redacted");
  });

  it("contain the verdict and its evidence after a restart", async () => {
    await open().saveReport(provider(), REPORT);
    const { tests } = await open().read([provider()]);
    expect(tests).toHaveLength(1);
    expect(tests[0]).toMatchObject({ provider: "anthropic", stale: false });
    expect(tests[0]?.report).toMatchObject({ verdict: "direct", evidence: REPORT.evidence });
  });

  describe("of a failed test", () => {
    const DIAGNOSIS = {
      culprit: "provider",
      rule: "provider_rate_limited",
      title: "It limits requests.",
      meaning: "So.",
      action: "Wait.",
      link: null,
    } as const;
    const SAVED = { ...DIAGNOSIS, short: "Saved cause", act: { kind: "enter_token" } } as const;

    /** The diagnosis that is read after `edit` has changed the saved one. */
    const readBack = async (edited: Readonly<Record<string, unknown>>) => {
      await open().saveReport(provider(), { ...REPORT, ok: false, diagnosis: SAVED });
      const memory = JSON.parse(await readFile(file, "utf8"));
      memory.tests[0].report.diagnosis = edited;
      await writeFile(file, JSON.stringify(memory));
      return (await open().read([provider()])).tests[0]?.report.diagnosis;
    };

    it("keep the cause and the action", async () => {
      expect(await readBack(SAVED)).toEqual(SAVED);
    });

    it("have those of the rule when an earlier version saved none", async () => {
      expect(await readBack(DIAGNOSIS)).toEqual({
        ...DIAGNOSIS,
        short: "Rate limited",
        act: { kind: "test_again", notBefore: null },
      });
    });

    it.each(["gone_rule", "gateway_2009"])(
      "have a general cause when %s does not decide it",
      async (rule) => {
        expect(await readBack({ ...DIAGNOSIS, rule })).toMatchObject({ short: "Test failed" });
      },
    );

    it.each([{ kind: "from_the_future" }, { kind: "test_again" }, "text", 3])(
      "have no action when it is unknown (%j)",
      async (act) => {
        expect(await readBack({ ...SAVED, act })).toEqual({ ...SAVED, act: null });
      },
    );
  });

  it("contain no key, prompt or response, and only the owner may read the file", async () => {
    await open().saveReport(provider(), REPORT);
    const text = await readFile(file, "utf8");
    expect([KEY, PROMPT, RESPONSE].filter((secret) => text.includes(secret))).toEqual([]);
    expect((await stat(file)).mode & 0o777).toBe(PRIVATE_FILE);
  });

  it.each([
    ["the key", provider({ apiKey: "another" }), {}],
    ["the base URL", provider({ baseUrl: "https://proxy.example.com" }), {}],
    ["a header", provider({ headers: { "x-a": "1" } }), {}],
    [
      "the gateway",
      {
        ...provider(),
        block: {
          accountId: "a",
          gatewayName: "b",
          token: null,
          segment: null,
          host: null,
        },
      },
      {},
    ],
    ["the environment", provider(), { ANTHROPIC_BASE_URL: "https://proxy.example.com" }],
  ])("are stale when %s has changed", async (_what, changed, env) => {
    await open().saveReport(provider(), REPORT);
    expect((await open(env).read([changed])).tests[0]?.stale).toBe(true);
  });

  it("are not stale when only the setting of the gateway's log has changed", async () => {
    const names = { accountId: "a", gatewayName: "b", host: null };
    const block = { ...names, token: null, segment: null };
    await open().saveReport({ ...provider(), block }, REPORT);
    const hidden = { ...provider(), block: { ...block, storePrompts: false } } as const;
    expect((await open().read([hidden])).tests[0]?.stale).toBe(false);
  });

  it("are not stale when only the order of members has changed", async () => {
    await open().saveReport(provider({ a: 1, b: 2 }), REPORT);
    const values = { b: 2, a: 1, apiKey: KEY };
    expect((await open().read([{ ...provider(), values }])).tests[0]?.stale).toBe(false);
  });

  it("contain only the last report when a provider is tested twice", async () => {
    const memory = open();
    await memory.saveReport(provider(), REPORT);
    await memory.saveReport(provider(), { ...REPORT, verdict: "unreachable" });
    await memory.saveReport({ ...provider(), id: "openai" }, REPORT);
    const { tests } = await memory.read([provider(), { ...provider(), id: "openai" }]);
    expect(tests.map(({ report }) => report.verdict)).toEqual(["unreachable", "direct"]);
  });

  it("contain the requested model until it is reset", async () => {
    await open().saveModel("anthropic", "claude-opus-5");
    expect(await open().lastModel(provider())).toBe("claude-opus-5");
    await open().saveModel("anthropic", null);
    expect(await open().lastModel(provider())).toBeNull();
  });

  it.each(["", "{", "[]", '{"version":2}', '{"version":1,"salt":"x","tests":[{}],"models":[]}'])(
    "are empty and can be saved again when the file contains %j",
    async (text) => {
      const memory = open();
      await memory.saveModel("anthropic", "m");
      await writeFile(file, text);
      const again = open();
      expect(await again.read([provider()])).toEqual({
        tests: [],
        muxTests: [],
        directTests: [],
        models: [],
      });
      expect(warnings).toHaveLength(1);
      await again.saveReport(provider(), REPORT);
      expect((await open().read([provider()])).tests).toHaveLength(1);
    },
  );

  it.each([
    ["key", {}, KEY],
    ["header", { headers: { "x-team-token": "team-secret-1" } }, "team-secret-1"],
  ])(
    "hide a model that contains the provider's %s, and the next save removes it",
    async (_what, values, secret) => {
      const tested = provider(values);
      const model = `models/${secret}`;
      const evidence = [{ kind: "body" as const, text: `The model is not found: ${secret}` }];
      await open().saveReport(tested, { ...REPORT, model, evidence });
      await open().saveModel("anthropic", model);
      await open().saveReport({ ...tested, id: "openai" }, REPORT);
      expect(await readFile(file, "utf8")).toContain(secret);

      const memory = open();
      const shown = await memory.read([tested, { ...tested, id: "openai" }]);
      expect(JSON.stringify(shown)).not.toContain(secret);
      expect(shown.models).toEqual([]);
      expect(shown.tests.map(({ report }) => report.ok)).toEqual([true, true]);
      expect(await open().lastModel(tested)).toBeNull();
      await memory.saveModel("openai", "m");
      expect(await readFile(file, "utf8")).not.toContain(secret);
    },
  );

  it("include a result that could not be saved, and save it when the next one is saved", async () => {
    await writeFile(join(folder, "profile"), "a file where the folder should be");
    const memory = open();
    await memory.saveReport(provider(), REPORT);
    expect(warnings).toContain("Could not save a test result");
    expect((await memory.read([provider()])).tests).toMatchObject([{ stale: false }]);
    await rm(join(folder, "profile"));
    await memory.saveModel("openai", "m");
    expect((await open().read([provider()])).tests).toMatchObject([{ stale: false }]);
  });

  it("include the results of another process", async () => {
    const [one, other] = [open(), open()];
    await one.saveReport(provider(), REPORT);
    expect((await other.read([provider()])).tests).toHaveLength(1);
    const openai = { ...provider(), id: "openai" };
    await other.saveReport(openai, REPORT);
    await one.saveModel("anthropic", "m");
    const { tests, models } = await open().read([provider(), openai]);
    expect(tests.map(({ stale }) => stale)).toEqual([false, false]);
    expect(models).toHaveLength(1);
  });

  it("contain all results when several are saved at once", async () => {
    const memory = open();
    await Promise.all(
      ["anthropic", "openai", "google"].map((id) =>
        memory.saveReport({ ...provider(), id }, REPORT),
      ),
    );
    const text = await readFile(file, "utf8");
    for (const id of ["anthropic", "openai", "google"]) expect(text).toContain(`"${id}"`);
  });
});
