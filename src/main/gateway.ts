/** The one object that does it all: the file, the models and the route test behind one interface. */
import { homedir } from "node:os";

import type { LanguageModel } from "ai";

import { failure } from "../shared/errors";
import type { TestReport } from "../shared/report";
import { success, type Result } from "../shared/result";
import type { TestsView } from "../shared/tests";
import type { FixCode, ProvidersView, TokenLeak } from "../shared/view";
import { findHome } from "./mux/home";
import { fixedMirror, type MirrorSetting } from "./mirror/mirror-setting";
import type { ProviderConfig } from "./mux/provider-config";
import { rememberedMirror } from "./config/remembered-mirror";
import { openProvidersStore, type GatewayDetails, type SeenOption } from "./config/store";
import { openTokenFingerprints } from "./config/token-fingerprints";
import { consoleLog, type Log } from "./text/log";
import { aboutError } from "./text/unexpected-error";
import { createLanguageModel } from "./models/language-model";
import { parseModel } from "./models/model-name";
import { openProbeMemory } from "./proof/memory/probe-memory";
import { probeRoute } from "./proof/probe-route";

export interface GatewayOptions {
  /** mux's home directory; by default the one that mux itself would take. */
  readonly home?: string;
  /** By default `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  /** By default the console. */
  readonly log?: Log;
  /**
   * Beside each block, writes the base URL and the token's header that take a mux which does not
   * know the block the same way. By default off: a host that creates its models here needs none.
   */
  readonly mirror?: boolean;
  /**
   * Where the panel's own settings are kept, per home, and salted hashes of the tokens that it
   * wrote. With it `mirror` can be changed in the panel.
   */
  readonly settingsFile?: string;
  /** Where the results of tests are kept; by default they are forgotten with the process. */
  readonly testsFile?: string;
  /** What models call the network with; by default a client that honours proxies and extra CAs. */
  readonly fetch?: typeof globalThis.fetch;
  /**
   * Says that `fetch` checks certificates. Without it a test over that `fetch` proves no route, since
   * nobody here sees the connection.
   */
  readonly tlsVerified?: boolean;
}

export interface TestOptions {
  /**
   * Without the provider's prefix, and remembered; null: the usual one again, the first that the
   * file lists or the catalogue's; absent: the one remembered, else the usual one.
   */
  readonly model?: string | null;
  /** `saved`: the route that the file has; `direct`: without the gateway. */
  readonly route?: "saved" | "direct";
  readonly signal?: AbortSignal;
}

export interface CloudflareGateway {
  /** Absolute path of providers.jsonc. */
  readonly file: string;
  /** Every provider without a secret; a file that cannot be edited is described by `problem`. */
  readonly providers: () => Promise<Result<ProvidersView>>;
  /** Writes the block, or switches a disabled one on again. */
  readonly enable: (
    provider: string,
    gateway: GatewayDetails,
    options?: SeenOption,
  ) => Promise<Result<ProvidersView>>;
  /** Renames the block to `cloudflareGatewayDisabled`, so that its details survive. */
  readonly disable: (provider: string, options?: SeenOption) => Promise<Result<ProvidersView>>;
  /** Removes the block and what is in it. */
  readonly forget: (provider: string, options?: SeenOption) => Promise<Result<ProvidersView>>;
  /** Puts right what a notice of the provider says, where the notice offers it. */
  readonly fix: (
    provider: string,
    fix: FixCode,
    options?: SeenOption,
  ) => Promise<Result<ProvidersView>>;
  /** Mirrors every block that is on, or none any more; `mirror_fixed` without a `settingsFile`. */
  readonly setMirror: (on: boolean) => Promise<Result<ProvidersView>>;
  /** Gives back the exact bytes from before the last change. */
  readonly undo: () => Promise<Result<ProvidersView>>;
  /** An AI SDK model of the saved file, for example "anthropic:claude-haiku-4-5". */
  readonly languageModel: (model: string) => Promise<Result<LanguageModel>>;
  /** Streams one tiny generation and reports where it went. */
  readonly test: (provider: string, options?: TestOptions) => Promise<Result<TestReport>>;
  /** The last test of each provider, marked stale once what it tested has changed. */
  readonly tests: () => Promise<Result<TestsView>>;
  /** Tells of every change of the file. Returns the way to stop. */
  readonly onChange: (listener: (view: ProvidersView) => void) => () => void;
  readonly close: () => Promise<void>;
}

/** Opens mux's providers.jsonc. Nothing is written, and nothing is created, before the first change. */
export function openCloudflareGateway(options: GatewayOptions = {}): CloudflareGateway {
  const env = options.env ?? process.env;
  const log = options.log ?? consoleLog;
  const { file, other } = findHome({ home: options.home, env, homedir: homedir() });
  const mirror = mirrorSetting(options, file, log);
  const settingsFile = options.settingsFile ?? null;
  const fingerprints = openTokenFingerprints({ settingsFile, log });
  const store = openProvidersStore({ file, otherFile: other, mirror, fingerprints, env, log });
  const memory = openProbeMemory({ file: options.testsFile ?? null, env, log });
  const fetchOption = options.fetch ? { fetch: options.fetch } : {};
  let closed = false;

  const whileOpen =
    <Arguments extends readonly unknown[], T>(
      call: (...given: Arguments) => Promise<Result<T>>,
    ): ((...given: Arguments) => Promise<Result<T>>) =>
    async (...given) => {
      if (closed) return failure("closed");
      try {
        return await call(...given);
      } catch (error) {
        const about = aboutError(error);
        log.warn("Unexpected error", about);
        return failure("internal", { what: about.what });
      }
    };

  const savedProvider = async (id: string): Promise<Result<SavedProvider>> => {
    const { view, providers } = await store.read();
    if (view.problem) return { success: false, error: view.problem };
    const config = providers.find((candidate) => candidate.id === id);
    if (!config) return failure("provider_unknown", { provider: id });
    return success({ config, leak: leaksIn(view).get(id) ?? null });
  };

  return {
    file,
    providers: whileOpen(async () => success((await store.read()).view)),
    enable: whileOpen((...given) => store.enable(...given)),
    disable: whileOpen((...given) => store.disable(...given)),
    forget: whileOpen((...given) => store.forget(...given)),
    fix: whileOpen((...given) => store.fix(...given)),
    setMirror: whileOpen((...given) => store.setMirror(...given)),
    undo: whileOpen(() => store.undo()),
    languageModel: whileOpen(async (model) => {
      const name = parseModel(model);
      if (!name.success) return name;
      const provider = await savedProvider(name.data.provider);
      if (!provider.success) return provider;
      const created = await createLanguageModel({
        provider: provider.data.config,
        modelId: name.data.modelId,
        route: "saved",
        env,
        log,
        ...fetchOption,
      });
      return created.success ? success(created.data.model) : created;
    }),
    test: whileOpen(async (id, { model, route = "saved", signal } = {}) => {
      const provider = await savedProvider(id);
      if (!provider.success) return provider;
      const { config, leak } = provider.data;
      if (leak !== null) return failure("token_leak", { provider: id, host: leak.host });
      if (model !== undefined) await memory.saveModel(id, model);
      const asked = model ?? (await memory.lastModel(id));
      const report = await probeRoute({
        provider: config,
        route,
        env,
        log,
        ...(asked === null ? {} : { model: asked }),
        ...(signal ? { signal } : {}),
        ...fetchOption,
        tlsVerified: options.tlsVerified === true,
      });
      if (report.success && route === "saved") {
        await memory.saveReport(config, report.data);
      }
      return report;
    }),
    tests: whileOpen(async () => {
      const { view, providers } = await store.read();
      const saved = await memory.read(providers);
      const leaks = leaksIn(view);
      // The file says the same of the gateway as before, but mux no longer calls it.
      const tests = saved.tests.map((test) =>
        leaks.has(test.provider) ? { ...test, stale: true } : test,
      );
      return success({ ...saved, tests });
    }),
    onChange: (listener) => store.onChange(listener),
    close: async () => {
      closed = true;
      await store.close();
    },
  };
}

interface SavedProvider {
  readonly config: ProviderConfig;
  readonly leak: TokenLeak | null;
}

function leaksIn({ providers }: ProvidersView): ReadonlyMap<string, TokenLeak> {
  return new Map(providers.flatMap(({ id, leak }) => (leak === null ? [] : [[id, leak]])));
}

function mirrorSetting(
  { mirror = false, settingsFile }: GatewayOptions,
  providersFile: string,
  log: Log,
): MirrorSetting {
  if (settingsFile === undefined) return fixedMirror(mirror);
  return rememberedMirror({ settingsFile, providersFile, mirror, log });
}
