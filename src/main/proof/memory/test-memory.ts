/** What the last tests found, per provider, kept across restarts: no key, no prompt and no answer in it. */
import { createHmac, randomBytes } from "node:crypto";

import { keyOrigin } from "../../mux/key-source";
import { ownBaseUrl } from "../../mux/base-url";
import type { ProviderConfig } from "../../mux/provider-config";
import { openJsonFile } from "../../disk/json-file";
import type { Log } from "../../text/log";
import type { TestReport } from "../../../shared/report";
import type { RememberedTest, TestsView } from "../../../shared/tests";
import { MEMORY_FORMAT, type Memory } from "./test-memory-format";

export interface TestMemory {
  /** What is known of these providers; a report is stale once what it tested has changed. */
  readonly recall: (providers: readonly ProviderConfig[]) => Promise<TestsView>;
  /** The model that a test of this provider asked for last, or null. */
  readonly modelOf: (provider: string) => Promise<string | null>;
  /** Null goes back to the provider's usual model. */
  readonly rememberModel: (provider: string, model: string | null) => Promise<void>;
  readonly rememberTest: (provider: ProviderConfig, report: TestReport) => Promise<void>;
}

export interface TestMemoryOptions {
  /** Where it is kept, mode 0600; null keeps it for as long as the process runs. */
  readonly file: string | null;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
}

/** Opens the memory; the file is read on first use, and one that cannot be understood counts as empty. */
export function openTestMemory({ file, env, log }: TestMemoryOptions): TestMemory {
  const saved = openJsonFile<Memory>({ file, schema: MEMORY_FORMAT, empty: emptyMemory, log });
  /** What could not be saved, by what it is about: shown all the same, and saved with the next. */
  const unsaved = new Map<string, Edit>();

  const memory = async (): Promise<Memory> => withEdits(await saved.read(), unsaved.values());

  const change = async (about: string, edit: Edit): Promise<void> => {
    unsaved.set(about, edit);
    const edits = new Map(unsaved);
    const changed = await saved.change((before) => withEdits(before, edits.values()));
    if (!changed.success) {
      log.warn("A test's result could not be kept", { code: changed.error.code });
      return;
    }
    // Others may have come in the meantime.
    for (const [key, done] of edits) if (unsaved.get(key) === done) unsaved.delete(key);
  };

  return {
    recall: async (providers) => {
      const { salt, tests, models } = await memory();
      return {
        tests: providers.flatMap((provider): readonly RememberedTest[] => {
          const found = tests.find((test) => test.provider === provider.id);
          if (!found) return [];
          const stale = found.fingerprint !== fingerprint(provider, env, salt);
          return [{ provider: provider.id, report: found.report, stale }];
        }),
        models: models.filter(({ provider }) => providers.some(({ id }) => id === provider)),
      };
    },
    modelOf: async (provider) => {
      const { models } = await memory();
      return models.find((known) => known.provider === provider)?.model ?? null;
    },
    rememberModel: (provider, model) =>
      change(`model of ${provider}`, (before) => ({
        ...before,
        models: [
          ...before.models.filter((known) => known.provider !== provider),
          ...(model === null ? [] : [{ provider, model }]),
        ],
      })),
    rememberTest: (provider, report) =>
      change(`test of ${provider.id}`, (before) => ({
        ...before,
        tests: [
          ...before.tests.filter((known) => known.provider !== provider.id),
          {
            provider: provider.id,
            fingerprint: fingerprint(provider, env, before.salt),
            report: withoutAnswer(report),
          },
        ],
      })),
  };
}

type Edit = (before: Memory) => Memory;

function withEdits(memory: Memory, edits: Iterable<Edit>): Memory {
  return [...edits].reduce((edited, edit) => edit(edited), memory);
}

function emptyMemory(): Memory {
  return { version: 1, salt: randomBytes(32).toString("base64url"), tests: [], models: [] };
}

/** The evidence, the verdict and the figures stay; what was said to and by the provider does not. */
function withoutAnswer(report: TestReport): TestReport {
  const { request } = report;
  return {
    ...report,
    raw: null,
    request: request === null ? null : { method: request.method, url: request.url },
  };
}

/**
 * A mark of everything that decides where and how a provider is called, its key included. Salted,
 * so that it tells nothing of the key to whoever reads the file.
 */
function fingerprint(provider: ProviderConfig, env: NodeJS.ProcessEnv, salt: string): string {
  const decisive = [
    provider.id,
    provider.values,
    provider.block,
    ownBaseUrl(provider, env),
    keyOrigin(provider, env),
  ];
  return createHmac("sha256", salt)
    .update(JSON.stringify(sorted(decisive)))
    .digest("base64url");
}

/** The order of members means nothing to mux, so it must not make a test look old. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, sorted(member)]);
}
