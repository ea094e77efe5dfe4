/** Requests to a provider as the file has it: its model, its route test and the remembered tests. */
import { randomUUID } from "node:crypto";

import type { LanguageModel } from "ai";

import { failure } from "../shared/errors";
import type { ConfirmedDomains } from "../shared/gateway-domain";
import type { TestReport, TestRoute } from "../shared/report";
import { success, type Result } from "../shared/result";
import type { RememberedTest, TestsView } from "../shared/tests";
import type { ProvidersView, TokenLeak } from "../shared/view";
import type { MuxTarget } from "./config/mux-target";
import type { ProvidersStore } from "./config/store";
import type { GatewayAccount } from "./gateway-account";
import { createLanguageModel } from "./models/language-model";
import { parseModel } from "./models/model-name";
import { checkModelName } from "./models/model-secrets";
import type { ProviderConfig } from "./mux/provider-config";
import { defaultModel } from "./mux/provider-names";
import type { ProbeMemory } from "./proof/memory/probe-memory";
import { probeRoute } from "./proof/probe-route";
import { aboutMuxRoute } from "./proof/report/mux-detour";
import type { Log } from "./text/log";

export interface TestOptions {
  /**
   * Without the provider's prefix; saved for later tests. Null: back to the default, which is the
   * first that the file lists or the catalogue's. Absent: the saved one, else the default.
   */
  readonly model?: string | null;
  /**
   * `saved`: the route in the file; `direct`: without the gateway; `mux`: the one that mux takes now,
   * which fails with `mux_route_login` where only mux has the login.
   */
  readonly route?: TestRoute;
  readonly signal?: AbortSignal;
}

export interface ProviderRequests {
  readonly languageModel: (model: string) => Promise<Result<LanguageModel>>;
  readonly test: (provider: string, options?: TestOptions) => Promise<Result<TestReport>>;
  readonly tests: () => Promise<Result<TestsView>>;
}

export interface RequestOptions {
  readonly store: ProvidersStore;
  readonly memory: ProbeMemory;
  readonly account: Pick<GatewayAccount, "isListed" | "rememberTest" | "secrets">;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /** The host's own fetch, or undefined. */
  readonly fetch: typeof globalThis.fetch | undefined;
  /** Whether the host declares that its own fetch checks certificates. */
  readonly tlsVerified: boolean;
}

interface SavedProvider {
  readonly config: ProviderConfig;
  readonly leak: TokenLeak | null;
  readonly muxTarget: (modelId: string) => Result<MuxTarget>;
  readonly domains: ConfirmedDomains;
  /** The host that it must not call, because its block names it unconfirmed; else null. */
  readonly forbiddenHost: string | null;
}

/** Each call reads the file first, and fails with the file's problem if it cannot be read. */
export function providerRequests(options: RequestOptions): ProviderRequests {
  const { store, memory, account, env, log, tlsVerified } = options;
  const fetchOption = options.fetch ? { fetch: options.fetch } : {};

  const savedProvider = async (id: string): Promise<Result<SavedProvider>> => {
    const { view, providers, muxTarget, domains, forbiddenHost } = await store.read();
    if (view.problem) return { success: false, error: view.problem };
    const config = providers.find((candidate) => candidate.id === id);
    if (!config) return failure("provider_unknown", { provider: id });
    return success({
      config,
      leak: leaksIn(view).get(id) ?? null,
      muxTarget: (modelId) => muxTarget(id, modelId),
      domains,
      forbiddenHost: forbiddenHost(id),
    });
  };

  return {
    languageModel: async (model) => {
      const name = parseModel(model);
      if (!name.success) return name;
      const provider = await savedProvider(name.data.provider);
      if (!provider.success) return provider;
      const created = await createLanguageModel({
        provider: provider.data.config,
        modelId: name.data.modelId,
        route: "saved",
        domains: provider.data.domains,
        forbiddenHost: provider.data.forbiddenHost,
        env,
        log,
        ...fetchOption,
      });
      return created.success ? success(created.data.model) : created;
    },
    test: async (id, { model, route = "saved", signal } = {}) => {
      const provider = await savedProvider(id);
      if (!provider.success) return provider;
      const { config, leak, muxTarget } = provider.data;
      if (leak !== null) return failure("token_leak", { provider: id, host: leak.host });
      if (typeof model === "string") {
        const named = await checkModelName(config, model, env);
        if (!named.success) return named;
      }
      if (model !== undefined) await memory.saveModel(id, model);
      const name = (model ?? (await memory.lastModel(config)))?.trim() || defaultModel(config);
      if (name === null) return failure("model_missing", { provider: id });
      const own = { config, modelId: name, through: null, detour: null, hasBlock: false };
      const target = route === "mux" ? muxTarget(name) : success<MuxTarget>(own);
      if (!target.success) return target;
      const { config: asked, modelId, through } = target.data;
      const nonce = randomUUID();
      const probed = await probeRoute({
        provider: asked,
        route: route === "direct" ? "direct" : "saved",
        domains: provider.data.domains,
        forbiddenHost: provider.data.forbiddenHost,
        isListed: account.isListed,
        nonce,
        secrets: account.secrets(),
        env,
        log,
        model: modelId,
        ...(signal ? { signal } : {}),
        ...fetchOption,
        tlsVerified,
      });
      if (!probed.success) return probed;
      const about = { provider: id, model: name, route, ...(through === null ? {} : { through }) };
      // With a block, the base URL in the file is the mirror's.
      const notes = (probed.data.notes ?? []).filter(
        ({ code }) => !target.data.hasBlock || code !== "base_url_is_gateway",
      );
      const report = aboutMuxRoute({ ...probed.data, ...about, notes }, target.data.detour);
      account.rememberTest(report, nonce, route === "direct" ? null : asked.block);
      await memory.saveReport(config, report, route, asked);
      return success(report);
    },
    tests: async () => {
      const { view, providers, muxTarget } = await store.read();
      const saved = await memory.read(providers, (id, modelId) => {
        const target = muxTarget(id, modelId);
        return target.success ? target.data.config : null;
      });
      const leaks = leaksIn(view);
      // The gateway settings are unchanged, but mux no longer uses them.
      const withLeaks = (tests: readonly RememberedTest[]) =>
        tests.map((test) => (leaks.has(test.provider) ? { ...test, stale: true } : test));
      return success({
        ...saved,
        tests: withLeaks(saved.tests),
        muxTests: withLeaks(saved.muxTests),
      });
    },
  };
}

function leaksIn({ providers }: ProvidersView): ReadonlyMap<string, TokenLeak> {
  return new Map(providers.flatMap(({ id, leak }) => (leak === null ? [] : [[id, leak]])));
}
