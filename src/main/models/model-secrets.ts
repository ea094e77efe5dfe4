/** Refuses a model name that contains a secret, because model names are shown, logged and saved. */
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { DISABLED_KEY } from "../mux/blocks";
import { keyOrigin } from "../mux/key-source";
import type { ProviderConfig } from "../mux/provider-config";
import { looksLikeKey } from "../text/key-like";
import { hasSecretValue, redactor, type Redact } from "../text/redact";
import { readKey } from "./credentials";

/** Shorter values, such as "test", occur in ordinary model names. */
const MIN_LENGTH = 8;

/** Local servers accept placeholders such as "lm-studio" as keys, and list models of that name. */
const PLACEHOLDER = /^[a-z]{1,12}(?:-[a-z]{1,12})?$/;

/**
 * Fails with `model_holds_key` when the name contains the provider's key, a token of its gateway or a
 * secret of its headers, in any encoding. The message does not quote the name.
 */
export async function checkModelName(
  provider: ProviderConfig,
  modelId: string,
  env: NodeJS.ProcessEnv,
): Promise<Result<null>> {
  const secrets = await openModelSecrets(provider, env);
  return secrets.areIn(modelId)
    ? failure("model_holds_key", { provider: provider.id })
    : success(null);
}

/** The secrets of one provider, read once to check any number of model names. */
export interface ModelSecrets {
  readonly areIn: (modelId: string) => boolean;
  /** Removes the secrets from texts about a model whose name contains one. */
  readonly redactFor: (modelId: string) => Redact;
}

export async function openModelSecrets(
  provider: ProviderConfig,
  env: NodeJS.ProcessEnv,
): Promise<ModelSecrets> {
  const all = await secretsOf(provider, env);
  const certain = all.filter((secret) => secret.length >= MIN_LENGTH && !PLACEHOLDER.test(secret));
  const redact = redactor(certain);
  // Compared with a redactor that knows no secret, because every redactor replaces starred words.
  const always = redactor([]);
  return {
    areIn: (modelId) =>
      redact(modelId) !== always(modelId) ||
      (modelId.length >= MIN_LENGTH && all.includes(modelId)),
    redactFor: (modelId) => redactor([...certain, modelId]),
  };
}

async function secretsOf(
  provider: ProviderConfig,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const { block, values } = provider;
  return [
    ...(await keyOf(provider, env)),
    ...[block?.token, membersOf(values[DISABLED_KEY])["token"]].filter(
      (token) => typeof token === "string",
    ),
    ...Object.entries(membersOf(values["headers"])).flatMap(([name, value]) =>
      typeof value === "string" && (hasSecretValue(name) || looksLikeKey(value)) ? [value] : [],
    ),
  ];
}

/** The key as written, even if it is invalid. */
async function keyOf(provider: ProviderConfig, env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const origin = keyOrigin(provider, env);
  if (origin.source === "file" || origin.source === "environment") return [origin.key];
  if (origin.source === "none") return [];
  const key = await readKey(provider, env);
  return key.success && key.data !== null ? [key.data] : [];
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
