/** What the last tests found, per provider, kept across restarts: no key, no prompt and no answer in it. */
import { createHmac, randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

import { keyOrigin } from "../../mux/key-source";
import { ownBaseUrl } from "../../mux/base-url";
import type { ProviderConfig } from "../../mux/provider-config";
import { readBytes, readVersion } from "../../disk/read-file";
import { saveFile } from "../../disk/save-file";
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
  let loaded: Promise<Memory> | null = null;
  let queue: Promise<void> = Promise.resolve();

  const load = async (): Promise<Memory> => {
    const bytes = file === null ? null : await readBytes(file);
    if (!bytes?.success || bytes.data === null) return emptyMemory();
    const parsed = MEMORY_FORMAT.safeParse(parseJson(bytes.data.toString("utf8")));
    if (!parsed.success) log.warn("The results of earlier tests could not be read and are dropped");
    return parsed.success ? parsed.data : emptyMemory();
  };
  const memory = (): Promise<Memory> => (loaded ??= load());

  const write = async (target: string, kept: Memory): Promise<void> => {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 }).catch(() => undefined);
    const before = await readVersion(target);
    const after = Buffer.from(`${JSON.stringify(kept)}\n`);
    const saved = await saveFile(target, before.success ? before.data : null, after);
    if (!saved.success) log.warn("A test's result could not be kept", { code: saved.error.code });
  };

  const changeNow = async (edited: (before: Memory) => Memory): Promise<void> => {
    const after = edited(await memory());
    loaded = Promise.resolve(after);
    if (file !== null) await write(file, after);
  };

  const change = (edited: (before: Memory) => Memory): Promise<void> => {
    queue = queue.then(() => changeNow(edited));
    return queue;
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
      change((before) => ({
        ...before,
        models: [
          ...before.models.filter((known) => known.provider !== provider),
          ...(model === null ? [] : [{ provider, model }]),
        ],
      })),
    rememberTest: (provider, report) =>
      change((before) => ({
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
