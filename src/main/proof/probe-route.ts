/** Sends one real generation through a provider and reports the route that it took. */
import { randomUUID } from "node:crypto";

import { failure } from "../../shared/errors";
import type { ConfirmedDomains } from "../../shared/gateway-domain";
import type { DomainKey } from "../../shared/gateways";
import { catalogued } from "../../shared/providers";
import type { TestReport } from "../../shared/report";
import { success, type Result } from "../../shared/result";
import type { Route } from "../../shared/view";
import { ownBaseUrl } from "../mux/base-url";
import type { ProviderConfig } from "../mux/provider-config";
import { defaultModel, displayName } from "../mux/provider-names";
import type { Log } from "../text/log";
import { GATEWAY_HEADER_PREFIX, isGatewayUrl } from "../models/gateway-headers";
import { createLanguageModel } from "../models/language-model";
import { proxySecrets } from "../network/proxies";
import { packageLoaders, type SdkModel } from "../models/sdk-models";
import { importUndici } from "../network/http-client";
import { METADATA_HEADER, probeMetadata } from "./probe-metadata";
import { openObservedClient } from "./observe/observed-client";
import { redactor } from "../text/redact";
import type { Generation } from "./report/finished-generation";
import { buildReport } from "./report/build-report";

export interface RouteProbe {
  readonly provider: ProviderConfig;
  /** `saved`: the route configured in the file; `direct`: without the gateway. */
  readonly route: "saved" | Extract<Route, "direct">;
  /** The custom domains that the user has confirmed; none by default. */
  readonly domains?: ConfirmedDomains;
  /**
   * Whether the connected Cloudflare account lists a domain as active for its gateway. Asked while the
   * request runs; by default false.
   */
  readonly isListed?: (domain: DomainKey) => Promise<boolean>;
  /** More secrets to hide in the report, which are not the provider's. */
  readonly secrets?: readonly string[];
  /** Marks the request in the gateway's log; by default a random one. */
  readonly nonce?: string;
  /** A custom domain that the user has not confirmed, so that no base URL may call it. */
  readonly forbiddenHost?: string | null;
  /** Without the provider's prefix; by default the file's first model, else the catalogue's. */
  readonly model?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly signal?: AbortSignal;
  /** The host's own fetch; by default a client that uses proxies and extra certificates. */
  readonly fetch?: typeof globalThis.fetch;
  /** The host declares that its own fetch checks certificates. */
  readonly tlsVerified?: boolean;
  /** In milliseconds; 30 seconds by default. */
  readonly timeLimitMs?: number;
}

/** Enough for a model that reasons before it writes one word. */
const MAX_OUTPUT_TOKENS = 2048;

/** How long to wait for an aborted request to end, in milliseconds, before abandoning it. */
const GRACE_MS = 250;

/**
 * Streams one tiny generation and reports its route. It sends exactly one request, retries nothing
 * and follows no redirect. A network or HTTP error is a report with a diagnosis. A problem that
 * prevents the request (a missing key, an invalid block) is a failure with its code; an aborted probe
 * fails with `cancelled`.
 */
export async function probeRoute(probe: RouteProbe): Promise<Result<TestReport>> {
  const { provider, env, log, signal, timeLimitMs = 30_000 } = probe;
  if (signal?.aborted) return failure("cancelled");
  const modelId = probe.model?.trim() || defaultModel(provider);
  if (modelId === null) return failure("model_missing", { provider: provider.id });

  const startedAt = new Date();
  const started = performance.now();
  const client = await openObservedClient({
    env,
    log,
    ...(probe.fetch ? { fetch: probe.fetch } : {}),
    tlsVerified: probe.tlsVerified === true,
  });
  try {
    const probeId = randomUUID();
    let refusedUrl: string | null = null;
    const created = await createLanguageModel({
      provider,
      modelId,
      route: probe.route,
      domains: probe.domains ?? [],
      forbiddenHost: probe.forbiddenHost ?? null,
      env,
      log,
      fetch: client.fetch,
      gatewayHeaders: probeHeaders(probeMetadata(provider, probe.nonce ?? randomUUID())),
      onRefused: (url) => {
        refusedUrl = url;
      },
    });
    if (!created.success) return created;
    const { model, baseUrl, expected, domain, secrets } = created.data;
    const timeout = AbortSignal.timeout(timeLimitMs);
    const abort = AbortSignal.any(signal ? [signal, timeout] : [timeout]);
    const listing = domain && probe.isListed?.(domain);
    const generation = await generate(model, probeId, abort);
    const totalMs = performance.now() - started;
    if (signal?.aborted) return failure("cancelled");
    const own = provider.block && probe.route === "saved" ? null : ownBaseUrl(provider, env);
    return success(
      buildReport(
        {
          provider: provider.id,
          providerName: catalogued(provider)?.name ?? displayName(provider),
          model: modelId,
          expected: probe.route === "direct" ? "direct" : expected,
          baseUrl,
          domain: domain && {
            host: domain.host,
            // Only a connected Cloudflare account can list it.
            listed: (await listing) ?? false,
            gateway: domain,
          },
          baseUrlIsGateway: own !== null && expected === "gateway",
          baseUrlVariable: own?.source === "environment" ? own.name : null,
          droppedHeaders: isGatewayUrl(new URL(baseUrl), domain?.host)
            ? []
            : gatewayHeaderNames(provider),
          exchanges: client.exchanges(),
          refusedUrl,
          generation,
          timedOutAfterMs: timeout.aborted && generation.finishReason === null ? timeLimitMs : null,
          problems: client.problems,
          startedAt,
          totalMs,
        },
        redactor([...secrets, ...(probe.secrets ?? []), ...proxySecrets(env)]),
      ),
    );
  } finally {
    await client.close();
  }
}

/**
 * Turns off the gateway's cache, its log of payloads and unified billing, and adds a mark that can
 * be found in its log (AI Gateway, reference of request headers).
 */
function probeHeaders(metadata: string): Readonly<Record<string, string>> {
  return {
    "cf-aig-skip-cache": "true",
    "cf-aig-collect-log-payload": "false",
    "cf-aig-no-wholesale": "true",
    [METADATA_HEADER]: metadata,
  };
}

const importAi = () => import("ai");

/** Loads what the first test of these providers needs, in steps, so that other work comes in between. */
export async function loadTestCode(
  providers: readonly string[],
  pause: () => Promise<unknown>,
): Promise<void> {
  for (const load of [importUndici, importAi, ...packageLoaders(providers)]) {
    await pause();
    await load();
  }
}

async function generate(model: SdkModel, probeId: string, abort: AbortSignal): Promise<Generation> {
  const { streamText } = await importAi();
  const generation: { -readonly [Member in keyof Generation]: Generation[Member] } = {
    finishReason: null,
    rawFinishReason: null,
    error: null,
    inputTokens: null,
    outputTokens: null,
  };
  const consume = async (): Promise<void> => {
    const { fullStream } = streamText({
      model,
      // The id makes every prompt unique, so that no cache can respond.
      prompt: `Reply with the single word OK. (${probeId.slice(0, 8)})`,
      maxOutputTokens: MAX_OUTPUT_TOKENS,
      maxRetries: 0,
      abortSignal: abort,
      // Errors are read from the stream; the default handler prints them.
      onError: () => undefined,
    });
    for await (const part of fullStream) {
      if (part.type === "error") {
        generation.error ??= messageOf(part.error);
      } else if (part.type === "finish") {
        generation.finishReason = part.finishReason;
        generation.rawFinishReason = part.rawFinishReason ?? null;
        generation.inputTokens = part.totalUsage.inputTokens ?? null;
        generation.outputTokens = part.totalUsage.outputTokens ?? null;
      }
    }
  };
  const grace = graceAfter(abort);
  try {
    await Promise.race([consume(), grace.elapsed]);
  } catch (error) {
    generation.error ??= messageOf(error);
  } finally {
    grace.cancel();
  }
  return { ...generation };
}

/** `elapsed` resolves `GRACE_MS` after `abort`, since a host's own fetch may ignore the signal. */
function graceAfter(abort: AbortSignal): {
  readonly elapsed: Promise<void>;
  readonly cancel: () => void;
} {
  let timer: NodeJS.Timeout | undefined;
  let startTimer = (): void => undefined;
  const elapsed = new Promise<void>((resolve) => {
    startTimer = () => {
      timer = setTimeout(resolve, GRACE_MS);
    };
    if (abort.aborted) startTimer();
    else abort.addEventListener("abort", startTimer, { once: true });
  });
  const cancel = (): void => {
    clearTimeout(timer);
    abort.removeEventListener("abort", startTimer);
  };
  return { elapsed, cancel };
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
