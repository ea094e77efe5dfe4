/** Creates AI SDK models; each provider's package is loaded when it is first needed. */
import type { LanguageModel } from "ai";

import { BUILT_IN_PROVIDERS } from "../../shared/providers";
import { usesGrokResponses } from "../mux/stock-call";

/** A model object, as opposed to the AI SDK's model names. */
export type SdkModel = Exclude<LanguageModel, string>;

/** All settings are explicit, because the packages would read missing ones from the environment. */
export interface ModelSettings {
  readonly provider: string;
  readonly modelId: string;
  readonly baseUrl: string;
  readonly headers: Record<string, string>;
  readonly fetch: typeof globalThis.fetch;
  /** OpenAI's organization, or null. */
  readonly organization: string | null;
  /** OpenAI's older wire format, mux's `"wireFormat": "chatCompletions"`. */
  readonly chatCompletions: boolean;
}

/** Built-in providers whose package puts the model's name into the request's path. */
export const MODEL_NAME_IN_PATH: ReadonlySet<string> = new Set(["google"]);

const BASE_URL_VARIABLES = BUILT_IN_PROVIDERS.flatMap((provider) => provider.baseUrlVariables);

type WithKey = ModelSettings & { readonly apiKey: string };
type WithOptionalKey = ModelSettings & { readonly apiKey: string | null };

/** Factories for the built-in providers that need a key. */
export const MODEL_FACTORIES: ReadonlyMap<string, (settings: WithKey) => Promise<SdkModel>> =
  new Map([
    ["anthropic", anthropic],
    ["openai", openai],
    ["google", google],
    ["xai", xai],
    ["deepseek", deepseek],
    ["openrouter", openrouter],
    ["moonshotai", openaiCompatible],
  ]);

const importAnthropic = () => import("@ai-sdk/anthropic");
const importOpenai = () => import("@ai-sdk/openai");
const importGoogle = () => import("@ai-sdk/google");
const importXai = () => import("@ai-sdk/xai");
const importDeepSeek = () => import("@ai-sdk/deepseek");
const importOpenRouter = () => import("@openrouter/ai-sdk-provider");
const importOpenaiCompatible = () => import("@ai-sdk/openai-compatible");

const PACKAGES: ReadonlyMap<string, () => Promise<unknown>> = new Map<
  string,
  () => Promise<unknown>
>([
  ["anthropic", importAnthropic],
  ["openai", importOpenai],
  ["google", importGoogle],
  ["xai", importXai],
  ["deepseek", importDeepSeek],
  ["openrouter", importOpenRouter],
]);

/** One function for each package of these providers, which loads it before the first model needs it. */
export function packageLoaders(providers: readonly string[]): readonly (() => Promise<unknown>)[] {
  const imports = providers.map((id) => PACKAGES.get(id) ?? importOpenaiCompatible);
  return [...new Set(imports)].map((load) => () => importWithoutBlankBaseUrls(load));
}

/** Creates a model of a custom provider, Moonshot AI, or Ollama's OpenAI-compatible API. */
export async function openaiCompatible(settings: WithOptionalKey): Promise<SdkModel> {
  const { createOpenAICompatible } = await importWithoutBlankBaseUrls(importOpenaiCompatible);
  const { provider, modelId, apiKey } = settings;
  const key = apiKey === null ? {} : { apiKey };
  return createOpenAICompatible({ ...common(settings), ...key, name: provider })(modelId);
}

async function anthropic(settings: WithKey): Promise<SdkModel> {
  const { createAnthropic } = await importWithoutBlankBaseUrls(importAnthropic);
  return createAnthropic({ ...common(settings), apiKey: settings.apiKey })(settings.modelId);
}

async function openai(settings: WithKey): Promise<SdkModel> {
  const { createOpenAI } = await importWithoutBlankBaseUrls(importOpenai);
  const { apiKey, organization, chatCompletions, modelId } = settings;
  const openAI = createOpenAI({
    ...common(settings),
    apiKey,
    ...(organization === null ? {} : { organization }),
  });
  return chatCompletions ? openAI.chat(modelId) : openAI.responses(modelId);
}

async function google(settings: WithKey): Promise<SdkModel> {
  const { createGoogle } = await importWithoutBlankBaseUrls(importGoogle);
  return createGoogle({ ...common(settings), apiKey: settings.apiKey })(settings.modelId);
}

async function xai(settings: WithKey): Promise<SdkModel> {
  if (!usesGrokResponses(settings.modelId)) return openaiCompatible(settings);
  const { createXai } = await importWithoutBlankBaseUrls(importXai);
  return createXai({ ...common(settings), apiKey: settings.apiKey }).responses(settings.modelId);
}

async function deepseek(settings: WithKey): Promise<SdkModel> {
  const { createDeepSeek } = await importWithoutBlankBaseUrls(importDeepSeek);
  return createDeepSeek({ ...common(settings), apiKey: settings.apiKey })(settings.modelId);
}

/** Without `extraBody`, so that unknown members of the file are not sent. */
async function openrouter(settings: WithKey): Promise<SdkModel> {
  const { createOpenRouter } = await importWithoutBlankBaseUrls(importOpenRouter);
  const openRouter = createOpenRouter({ ...common(settings), apiKey: settings.apiKey });
  return openRouter.chat(settings.modelId);
}

function common({ baseUrl, headers, fetch }: ModelSettings) {
  return { baseURL: baseUrl, headers, fetch };
}

/**
 * Imports a package with blank base URL variables unset. mux ignores a blank one, but the packages
 * create a default provider on import and throw.
 */
async function importWithoutBlankBaseUrls<T>(importPackage: () => Promise<T>): Promise<T> {
  const blank = BASE_URL_VARIABLES.filter((name) => process.env[name]?.trim() === "");
  const before = blank.map((name) => [name, process.env[name]] as const);
  for (const name of blank) delete process.env[name];
  try {
    return await importPackage();
  } finally {
    for (const [name, value] of before) process.env[name] ??= value;
  }
}
