/** The one room that creates AI SDK models; each provider's package is loaded when it is first needed. */
import type { LanguageModel } from "ai";

import { BUILT_IN_PROVIDERS } from "../../shared/providers";

/** A model object, as opposed to the AI SDK's model names. */
export type SdkModel = Exclude<LanguageModel, string>;

/** Everything a model is made of, always given explicitly: the packages read the environment otherwise. */
export interface ModelSettings {
  readonly provider: string;
  readonly modelId: string;
  readonly baseUrl: string;
  readonly headers: Record<string, string>;
  readonly fetch: typeof globalThis.fetch;
  /** OpenAI's organization, or null. */
  readonly organization: string | null;
  /** OpenAI's older wire, mux's `"wireFormat": "chatCompletions"`. */
  readonly chatCompletions: boolean;
}

/** Built-in providers whose package puts the model's name into the path of the request. */
export const NAME_IN_PATH: ReadonlySet<string> = new Set(["google"]);

const BASE_URL_VARIABLES = BUILT_IN_PROVIDERS.flatMap((provider) => provider.baseUrlVariables);

type WithKey = ModelSettings & { readonly apiKey: string };
type WithOptionalKey = ModelSettings & { readonly apiKey: string | null };

/** Makers of the built-in providers that need a key. */
export const KEYED_MODELS: ReadonlyMap<string, (settings: WithKey) => Promise<SdkModel>> = new Map([
  ["anthropic", anthropic],
  ["openai", openai],
  ["google", google],
  ["xai", xai],
  ["deepseek", deepseek],
  ["openrouter", openrouter],
  ["moonshotai", openaiCompatible],
]);

/** Custom providers, Moonshot AI, and Ollama at its OpenAI-compatible address. */
export async function openaiCompatible(settings: WithOptionalKey): Promise<SdkModel> {
  const { createOpenAICompatible } = await load(() => import("@ai-sdk/openai-compatible"));
  const { provider, modelId, apiKey } = settings;
  const key = apiKey === null ? {} : { apiKey };
  return createOpenAICompatible({ ...common(settings), ...key, name: provider })(modelId);
}

async function anthropic(settings: WithKey): Promise<SdkModel> {
  const { createAnthropic } = await load(() => import("@ai-sdk/anthropic"));
  return createAnthropic({ ...common(settings), apiKey: settings.apiKey })(settings.modelId);
}

async function openai(settings: WithKey): Promise<SdkModel> {
  const { createOpenAI } = await load(() => import("@ai-sdk/openai"));
  const { apiKey, organization, chatCompletions, modelId } = settings;
  const openAI = createOpenAI({
    ...common(settings),
    apiKey,
    ...(organization === null ? {} : { organization }),
  });
  return chatCompletions ? openAI.chat(modelId) : openAI.responses(modelId);
}

async function google(settings: WithKey): Promise<SdkModel> {
  const { createGoogle } = await load(() => import("@ai-sdk/google"));
  return createGoogle({ ...common(settings), apiKey: settings.apiKey })(settings.modelId);
}

async function xai(settings: WithKey): Promise<SdkModel> {
  const { createXai } = await load(() => import("@ai-sdk/xai"));
  return createXai({ ...common(settings), apiKey: settings.apiKey }).responses(settings.modelId);
}

async function deepseek(settings: WithKey): Promise<SdkModel> {
  const { createDeepSeek } = await load(() => import("@ai-sdk/deepseek"));
  return createDeepSeek({ ...common(settings), apiKey: settings.apiKey })(settings.modelId);
}

/** No `extraBody`: what mux does not know in the file must not travel in the request. */
async function openrouter(settings: WithKey): Promise<SdkModel> {
  const { createOpenRouter } = await load(() => import("@openrouter/ai-sdk-provider"));
  const openRouter = createOpenRouter({ ...common(settings), apiKey: settings.apiKey });
  return openRouter.chat(settings.modelId);
}

function common({ baseUrl, headers, fetch }: ModelSettings) {
  return { baseURL: baseUrl, headers, fetch };
}

/**
 * Loads a package without the blank base URLs of the environment in its sight: mux takes a blank one
 * for absent, and the packages, which make a default provider as they load, for an error.
 */
async function load<T>(importPackage: () => Promise<T>): Promise<T> {
  const blank = BASE_URL_VARIABLES.filter((name) => process.env[name]?.trim() === "");
  const before = blank.map((name) => [name, process.env[name]] as const);
  for (const name of blank) delete process.env[name];
  try {
    return await importPackage();
  } finally {
    for (const [name, value] of before) process.env[name] ??= value;
  }
}
