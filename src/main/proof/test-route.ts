/** One real generation through a provider, watched from end to end, and the report of it. */
import { randomUUID } from "node:crypto";

import { failure } from "../../shared/errors";
import { catalogued } from "../../shared/providers";
import type { TestReport } from "../../shared/report";
import { success, type Result } from "../../shared/result";
import type { Route } from "../../shared/view";
import { ownBaseUrl } from "../mux/base-url";
import type { ProviderConfig } from "../mux/provider-config";
import { displayName, modelIds } from "../mux/provider-names";
import type { Log } from "../text/log";
import { GATEWAY_HEADER_PREFIX, isGatewayUrl } from "../models/gateway-headers";
import { createLanguageModel } from "../models/language-model";
import { proxySecrets } from "../network/proxies";
import type { SdkModel } from "../models/sdk-models";
import { openObservedClient } from "./observe/observed-client";
import { redactor } from "../text/redact";
import type { Generation } from "./report/finished-generation";
import { reportOf } from "./report/test-report";

export interface RouteTest {
  readonly provider: ProviderConfig;
  /** `saved`: the route that the file has; `direct`: without the gateway. */
  readonly route: "saved" | Extract<Route, "direct">;
  /** Without the provider's prefix; by default the first of the file's, else the catalogue's. */
  readonly model?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly signal?: AbortSignal;
  /** A host's own fetch; by default a client that honours proxies and extra certificates. */
  readonly fetch?: typeof globalThis.fetch;
  /** The host says that its own fetch checks certificates. */
  readonly tlsVerified?: boolean;
  /** In milliseconds; 30 seconds by default. */
  readonly timeLimitMs?: number;
}

/** Enough for a model that thinks before it says one word. */
const MAX_OUTPUT_TOKENS = 2048;

/** How long a stopped request may take to notice, in milliseconds, before it is left to itself. */
const GRACE_MS = 250;

/**
 * Streams one tiny generation and reports where it went. Exactly one request is sent; nothing is
 * retried and no redirect is followed. What goes wrong on the wire is a report with a diagnosis;
 * what keeps the request from being sent (a missing key, a malformed block) is a failure with its
 * code, and a stopped test is `cancelled`.
 */
export async function testRoute(test: RouteTest): Promise<Result<TestReport>> {
  const { provider, env, log, signal, timeLimitMs = 30_000 } = test;
  if (signal?.aborted) return failure("cancelled");
  const modelId = test.model?.trim() || defaultModel(provider);
  if (modelId === null) return failure("model_missing", { provider: provider.id });

  const startedAt = new Date();
  const started = performance.now();
  const client = await openObservedClient({
    env,
    log,
    ...(test.fetch ? { fetch: test.fetch } : {}),
    tlsVerified: test.tlsVerified === true,
  });
  try {
    const run = randomUUID();
    let refusedUrl: string | null = null;
    const created = await createLanguageModel({
      provider,
      modelId,
      route: test.route,
      env,
      log,
      fetch: client.fetch,
      gatewayHeaders: testHeaders(run),
      refused: (url) => {
        refusedUrl = url;
      },
    });
    if (!created.success) return created;
    const { model, baseUrl, expected, secrets } = created.data;
    const limit = AbortSignal.timeout(timeLimitMs);
    const stop = AbortSignal.any(signal ? [signal, limit] : [limit]);
    const generation = await generate(model, run, stop);
    if (signal?.aborted) return failure("cancelled");
    const own = provider.block && test.route === "saved" ? null : ownBaseUrl(provider, env);
    return success(
      reportOf(
        {
          provider: provider.id,
          providerName: catalogued(provider)?.name ?? displayName(provider),
          model: modelId,
          expected: test.route === "direct" ? "direct" : expected,
          baseUrl,
          baseUrlIsGateway: own !== null && expected === "gateway",
          baseUrlVariable: own?.source === "environment" ? own.name : null,
          heldBack: isGatewayUrl(new URL(baseUrl)) ? [] : gatewayHeaderNames(provider),
          exchanges: client.exchanges(),
          refusedUrl,
          generation,
          outOfTime: limit.aborted && generation.finishReason === null ? timeLimitMs : null,
          problems: client.problems,
          startedAt,
          totalMs: performance.now() - started,
        },
        redactor([...secrets, ...proxySecrets(env)]),
      ),
    );
  } finally {
    await client.close();
  }
}

/**
 * What a test asks of the gateway: no cache, no prompt and answer in the log, never Cloudflare's
 * own billing, and a run id to find it by (AI Gateway, reference of request headers).
 */
function testHeaders(run: string): Readonly<Record<string, string>> {
  return {
    "cf-aig-skip-cache": "true",
    "cf-aig-collect-log-payload": "false",
    "cf-aig-no-wholesale": "true",
    "cf-aig-metadata": JSON.stringify({ source: "mux-cloudflare-gateway", run }),
  };
}

async function generate(model: SdkModel, run: string, stop: AbortSignal): Promise<Generation> {
  const { streamText } = await import("ai");
  const seen: { -readonly [Member in keyof Generation]: Generation[Member] } = {
    finishReason: null,
    rawFinishReason: null,
    error: null,
    inputTokens: null,
    outputTokens: null,
  };
  const consume = async (): Promise<void> => {
    const { fullStream } = streamText({
      model,
      // The run's id keeps every cache on the way from answering.
      prompt: `Reply with the single word OK. (${run.slice(0, 8)})`,
      maxOutputTokens: MAX_OUTPUT_TOKENS,
      maxRetries: 0,
      abortSignal: stop,
      // Errors come as parts of the stream; the default prints them.
      onError: () => undefined,
    });
    for await (const part of fullStream) {
      if (part.type === "error") {
        seen.error ??= messageOf(part.error);
      } else if (part.type === "finish") {
        seen.finishReason = part.finishReason;
        seen.rawFinishReason = part.rawFinishReason ?? null;
        seen.inputTokens = part.totalUsage.inputTokens ?? null;
        seen.outputTokens = part.totalUsage.outputTokens ?? null;
      }
    }
  };
  const given = givenUp(stop);
  try {
    await Promise.race([consume(), given.up]);
  } catch (error) {
    seen.error ??= messageOf(error);
  } finally {
    given.forget();
  }
  return { ...seen };
}

/** Settles a moment after `stop`: a host's own fetch may not listen to it. */
function givenUp(stop: AbortSignal): { readonly up: Promise<void>; readonly forget: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let wait = (): void => undefined;
  const up = new Promise<void>((resolve) => {
    wait = () => {
      timer = setTimeout(resolve, GRACE_MS);
    };
    if (stop.aborted) wait();
    else stop.addEventListener("abort", wait, { once: true });
  });
  const forget = (): void => {
    clearTimeout(timer);
    stop.removeEventListener("abort", wait);
  };
  return { up, forget };
}

function defaultModel(provider: ProviderConfig): string | null {
  const listed = modelIds(provider.values["models"]).find((model) => model.trim() !== "");
  return listed ?? catalogued(provider)?.testModel ?? null;
}

function gatewayHeaderNames({ values }: ProviderConfig): readonly string[] {
  const { headers } = values;
  if (typeof headers !== "object" || headers === null) return [];
  return Object.keys(headers)
    .map((name) => name.toLowerCase())
    .filter((name) => name.startsWith(GATEWAY_HEADER_PREFIX));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
