/** The stand-in for every provider: checks key, path and model, then lets aimock respond. */
import { setTimeout as delay } from "node:timers/promises";
import { LLMock } from "@copilotkit/aimock";
import { Agent, fetch } from "undici";
import type { Arrival } from "./arrival";
import { act, createScript, type Behaviour, type Script } from "./behaviour";
import type { Refusal } from "../src/shared/testing/provider-refusals";
import { PROVIDER_STAND_INS, type ProviderStandIn } from "./provider-table";
import { streamOf } from "./stream";

/** Controls the providers of a demo. */
export interface ProviderControls extends Script<Behaviour> {
  /** Sets the text of all later responses; may be empty. */
  readonly says: (text: string) => void;
  /** Sets the delay between the first byte and the first token, in ms. */
  readonly think: (milliseconds: number) => void;
  /** Makes every provider reject this key. */
  readonly reject: (key: string) => void;
}

export interface Providers {
  readonly controls: ProviderControls;
  /** Null for a host without a stand-in. The host includes a port that is not the default. */
  readonly answer: (arrival: Arrival) => Promise<Response | null>;
  readonly close: () => Promise<void>;
}

/** In ms: enough to tell the first token from the first byte. */
const USUAL_THINKING_TIME = 30;
const TOKENS_PER_SECOND = 150;

/**
 * A key that contains one of these words gets the error. Any other non-empty key is accepted.
 */
const TELLING_KEYS = [
  { word: "rejected", refusal: "key" },
  { word: "ratelimited", refusal: "rate" },
  { word: "nocredit", refusal: "noCredit" },
] as const;

/** Models that every provider rejects. */
const NO_SUCH_MODEL = /no-such|unknown|nonexistent/;

/** Starts the stand-in for all providers. It needs no network. */
export async function startProviders(): Promise<Providers> {
  const script = createScript<Behaviour>();
  const rejected = new Set<string>();
  let text = "Pong, from the demo.";
  let thinkingTime = USUAL_THINKING_TIME;
  const mock = new LLMock({ port: 0, host: "127.0.0.1", logLevel: "silent" });
  mock.on({}, ({ model }) => ({ content: text, model: aliasOf(model), usage: usageOf(text) }), {
    chunkSize: 8,
    streamingProfile: { tps: TOKENS_PER_SECOND },
  });
  await mock.start();
  // A separate dispatcher ignores the process's proxy settings and stays on loopback.
  const dispatcher = new Agent();

  async function usual(provider: ProviderStandIn, arrival: Arrival): Promise<Response> {
    const checked = check(provider, arrival, rejected);
    if ("status" in checked) {
      const { status, body, headers } = checked;
      return Response.json(body, { status, headers: { ...provider.headers, ...headers } });
    }
    const answer = await fetch(`${mock.url}${checked.path}${arrival.url.search}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: arrival.body,
      signal: arrival.signal,
      dispatcher,
    });
    const headers = {
      "content-type": answer.headers.get("content-type") ?? "application/json",
      ...provider.headers,
    };
    const body = answer.body && streamOf(thinking(answer.body, thinkingTime));
    return new Response(body, { status: answer.status, headers });
  }

  return {
    controls: {
      ...script,
      says: (words) => {
        text = words;
      },
      think: (milliseconds) => {
        thinkingTime = milliseconds;
      },
      reject: (key) => {
        rejected.add(key);
      },
    },
    answer: async (arrival) => {
      const provider = PROVIDER_STAND_INS.find(({ host }) => host === arrival.url.host);
      if (!provider) return null;
      const behaviour = script.next();
      return behaviour === null
        ? usual(provider, arrival)
        : act(behaviour, arrival, async () => usual(provider, arrival));
    },
    close: async () => {
      await dispatcher.destroy();
      await mock.stop();
    },
  };
}

/** The path at aimock, or the error; in the order of a provider's checks. */
function check(
  provider: ProviderStandIn,
  { method, url, headers, body }: Arrival,
  rejected: ReadonlySet<string>,
): Refusal | { readonly path: string } {
  const { refusals, keyHeader } = provider;
  const path = endpoint(provider, url.pathname);
  if (path === null || method !== "POST") return refusals.path(url.pathname);
  if (keyHeader !== null) {
    const key = (headers.get(keyHeader) ?? "").replace(/^Bearer\s+/i, "");
    if (key === "" || rejected.has(key)) return refusals.key(key);
    const telling = TELLING_KEYS.find(({ word }) => key.includes(word));
    if (telling) return refusals[telling.refusal](key);
  }
  const model = modelOf(url.pathname, body);
  if (!provider.models.test(model) || NO_SUCH_MODEL.test(model)) return refusals.model(model);
  return { path };
}

function endpoint({ endpoints }: ProviderStandIn, path: string): string | null {
  for (const [pattern, target] of endpoints) {
    if (typeof pattern === "string" ? pattern === path : pattern.test(path)) {
      return path.replace(pattern, target);
    }
  }
  return null;
}

/** Google has the model in the path, all others in the body. */
function modelOf(path: string, body: string): string {
  const inPath = /\/models\/([^/:]+):/.exec(path)?.[1];
  if (inPath !== undefined) return decodeURIComponent(inPath);
  try {
    const parsed: unknown = JSON.parse(body);
    const model =
      typeof parsed === "object" && parsed !== null && "model" in parsed && parsed.model;
    return typeof model === "string" ? model : "";
  } catch {
    return "";
  }
}

function aliasOf(model: string): string {
  return PROVIDER_STAND_INS.map(({ aliases }) => aliases?.get(model)).find(Boolean) ?? model;
}

/** Token counts with each provider's names. The prompt's count is constant. */
function usageOf(text: string) {
  const input = 12;
  const output = Math.ceil(text.length / 4);
  return {
    prompt_tokens: input,
    completion_tokens: output,
    input_tokens: input,
    output_tokens: output,
    promptTokenCount: input,
    candidatesTokenCount: output,
  };
}

/** Sends the first event immediately and the rest after a delay, like a real model. */
async function* thinking(pieces: AsyncIterable<Uint8Array>, time: number) {
  let isFirst = true;
  for await (const piece of pieces) {
    yield piece;
    if (isFirst) await delay(time);
    isFirst = false;
  }
}
