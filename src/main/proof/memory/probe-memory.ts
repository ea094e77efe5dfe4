/** Saves the last route test of each provider, without keys, prompts or responses. */
import { createHmac, randomBytes } from "node:crypto";

import { keyOrigin } from "../../mux/key-source";
import { ownBaseUrl } from "../../mux/base-url";
import type { ProviderConfig } from "../../mux/provider-config";
import { openModelSecrets } from "../../models/model-secrets";
import { openJsonFile } from "../../disk/json-file";
import type { Log } from "../../text/log";
import type { Redact } from "../../text/redact";
import type { ReportNote, TestReport, TestRoute } from "../../../shared/report";
import type { RememberedTest, TestsView } from "../../../shared/tests";
import { MEMORY_FORMAT, type Memory, type SavedTest, type SavedTests } from "./probe-memory-format";

export interface ProbeMemory {
  /**
   * The saved results of these providers; a report is stale after a change of its provider. `called`:
   * the provider that mux calls for a model, or null if its route cannot be tested.
   */
  readonly read: (providers: readonly ProviderConfig[], called?: CalledByMux) => Promise<TestsView>;
  /** The model last requested for this provider by name, or null. */
  readonly lastModel: (provider: ProviderConfig) => Promise<string | null>;
  /** Null restores the provider's default model. */
  readonly saveModel: (provider: string, model: string | null) => Promise<void>;
  /** `called`: the provider that mux called, if its route was tested. */
  readonly saveReport: (
    provider: ProviderConfig,
    report: TestReport,
    route?: TestRoute,
    called?: ProviderConfig,
  ) => Promise<void>;
}

type CalledByMux = (provider: string, modelId: string) => ProviderConfig | null;

const LISTS: { readonly [Route in TestRoute]: SavedTests } = {
  saved: "tests",
  mux: "muxTests",
  direct: "directTests",
};

export interface ProbeMemoryOptions {
  /** Path of the file, written with mode 0600; null keeps the results in memory only. */
  readonly file: string | null;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
}

/** Opens the results. The file is read on first use; an invalid one counts as empty. */
export function openProbeMemory({ file, env, log }: ProbeMemoryOptions): ProbeMemory {
  const jsonFile = openJsonFile<Memory>({ file, schema: MEMORY_FORMAT, empty: emptyMemory, log });
  /** Edits that could not be saved yet, by subject: shown anyway, and retried with the next save. */
  const unsaved = new Map<string, Edit>();

  /** Model names that contain a secret; version 0.1.0 saved them. Hidden, and removed by the next save. */
  const refused = new Map<string, Redact>();

  const memory = async (): Promise<Memory> => withEdits(await jsonFile.read(), unsaved.values());

  const cleanMemory = async (providers: readonly ProviderConfig[]): Promise<Memory> => {
    const found = await memory();
    const names = namesByProvider(found);
    for (const provider of providers) {
      const models = names.get(provider.id);
      if (models === undefined) continue;
      const secrets = await openModelSecrets(provider, env);
      for (const model of models.filter(secrets.areIn)) {
        refused.set(model, secrets.redactFor(model));
      }
    }
    return withoutModels(found, refused);
  };

  const change = async (subject: string, edit: Edit): Promise<void> => {
    unsaved.set(subject, edit);
    const edits = new Map(unsaved);
    const changed = await jsonFile.change((before) =>
      withoutModels(withEdits(before, edits.values()), refused),
    );
    if (!changed.success) {
      log.warn("Could not save a test result", { code: changed.error.code });
      return;
    }
    // A newer edit of the same subject may be waiting.
    for (const [key, savedEdit] of edits) if (unsaved.get(key) === savedEdit) unsaved.delete(key);
  };

  return {
    read: async (providers, called = () => null) => {
      const { salt, models, ...lists } = await cleanMemory(providers);
      const remembered = (tests: readonly SavedTest[], subjectOf: SubjectOf) =>
        providers.flatMap((provider): readonly RememberedTest[] => {
          const found = tests.find((test) => test.provider === provider.id);
          if (!found) return [];
          const subject = subjectOf(provider, found.report);
          const isStale = !subject || found.fingerprint !== fingerprint(subject, env, salt);
          return [{ provider: provider.id, report: found.report, stale: isStale }];
        });
      return {
        tests: remembered(lists.tests, (provider) => provider),
        directTests: remembered(lists.directTests, (provider) => provider),
        muxTests: remembered(lists.muxTests, ({ id }, { model }) => called(id, model)),
        models: models.filter(({ provider }) => providers.some(({ id }) => id === provider)),
      };
    },
    lastModel: async (provider) => {
      const { models } = await cleanMemory([provider]);
      return models.find((known) => known.provider === provider.id)?.model ?? null;
    },
    saveModel: (provider, model) =>
      change(`model of ${provider}`, (before) => ({
        ...before,
        models: [
          ...before.models.filter((known) => known.provider !== provider),
          ...(model === null ? [] : [{ provider, model }]),
        ],
      })),
    saveReport: (provider, report, route = "saved", called = provider) =>
      change(`${route} test of ${provider.id}`, (before) => ({
        ...before,
        [LISTS[route]]: [
          ...before[LISTS[route]].filter((known) => known.provider !== provider.id),
          {
            provider: provider.id,
            fingerprint: fingerprint(called, env, before.salt),
            report: withoutContent(report),
          },
        ],
      })),
  };
}

type Edit = (before: Memory) => Memory;

type SubjectOf = (provider: ProviderConfig, report: TestReport) => ProviderConfig | null;

function withEdits(memory: Memory, edits: Iterable<Edit>): Memory {
  return [...edits].reduce((edited, edit) => edit(edited), memory);
}

function namesByProvider({
  tests,
  muxTests,
  directTests,
  models,
}: Memory): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  const found = [
    ...models,
    ...[...tests, ...muxTests, ...directTests].map(({ report, provider }) => ({
      provider,
      model: report.model,
    })),
  ];
  for (const { provider, model } of found) {
    names.set(provider, [...(names.get(provider) ?? []), model]);
  }
  return names;
}

/** Forgets these models, and removes their secrets from every text of the reports. */
function withoutModels(memory: Memory, refused: ReadonlyMap<string, Redact>): Memory {
  if (refused.size === 0) return memory;
  const clean = (test: SavedTest): SavedTest => {
    const redact = refused.get(test.report.model);
    return redact ? { ...test, report: redactReport(test.report, redact) } : test;
  };
  return {
    ...memory,
    models: memory.models.filter(({ model }) => !refused.has(model)),
    tests: memory.tests.map(clean),
    muxTests: memory.muxTests.map(clean),
    directTests: memory.directTests.map(clean),
  };
}

function redactReport(report: TestReport, redact: Redact): TestReport {
  const { request, diagnosis, notes } = report;
  return {
    ...report,
    model: redact(report.model),
    answeredModel: report.answeredModel === null ? null : redact(report.answeredModel),
    evidence: report.evidence.map(({ kind, text }) => ({ kind, text: redact(text) })),
    request: request === null ? null : { ...request, url: redact(request.url) },
    diagnosis: diagnosis && {
      ...diagnosis,
      title: redact(diagnosis.title),
      meaning: redact(diagnosis.meaning),
      action: redact(diagnosis.action),
    },
    ...(notes ? { notes: notes.map((note) => redactNote(note, redact)) } : {}),
  };
}

function redactNote(note: ReportNote, redact: Redact): ReportNote {
  return { ...note, message: redact(note.message) };
}

function emptyMemory(): Memory {
  const salt = randomBytes(32).toString("base64url");
  return { version: 1, salt, tests: [], muxTests: [], directTests: [], models: [] };
}

/** Removes what was sent and received; the verdict, the evidence and the timings remain. */
function withoutContent(report: TestReport): TestReport {
  const { request } = report;
  return {
    ...report,
    raw: null,
    request: request === null ? null : { method: request.method, url: request.url },
  };
}

/**
 * A hash of all settings that decide where and how a provider is called, its key included. Salted,
 * so that hashes cannot be precomputed or compared between files.
 */
function fingerprint(provider: ProviderConfig, env: NodeJS.ProcessEnv, salt: string): string {
  // Whatever the block says, a test never stores its prompt in the gateway's log.
  const { storePrompts: _, host, ...block } = provider.block ?? { host: null };
  const decisive = [
    provider.id,
    provider.values,
    // Without an absent domain, so that results of earlier versions stay valid.
    provider.block === null ? null : host === null ? block : { ...block, host },
    ownBaseUrl(provider, env),
    keyOrigin(provider, env),
  ];
  return createHmac("sha256", salt)
    .update(JSON.stringify(sortMembers(decisive)))
    .digest("base64url");
}

/** Sorts members, because mux ignores their order and it must not make a result stale. */
function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, sortMembers(member)]);
}
