/** Invented requests of the past weeks, so that the demo's gateways have traffic to show. */
import { createHash } from "node:crypto";
import type { DemoLogRow } from "./account-state";
import { logId } from "./log-id";
import { ANTHROPIC, DEEPSEEK, OPENAI } from "../src/shared/testing/provider-refusals";
import { costOf } from "./request-log";

const HOUR = 3_600_000;
const DAYS = 10;

/** The number of requests in the quietest hour, so that the demo has traffic at night and at weekends too. */
const FEWEST = 12;

/** The number of this panel's tests in 100 requests. */
const OWN_TESTS = 2;
const OWN_TEST = JSON.stringify({ source: "panel-test", nonce: "of-an-earlier-test" });

interface Usual {
  readonly provider: string;
  readonly model: string;
  readonly path: string;
  /** Out of 100. */
  readonly share: number;
  /** One request in this many fails. */
  readonly failsIn: number;
  readonly failure: { readonly status: number; readonly body: object };
  readonly durationMs: number;
  readonly tokens: number;
}

const USUAL: readonly Usual[] = [
  {
    provider: "anthropic",
    model: "claude-sonnet-4-5",
    path: "v1/messages",
    share: 55,
    failsIn: 45,
    failure: ANTHROPIC.rate(),
    durationMs: 3200,
    tokens: 5200,
  },
  {
    provider: "openai",
    model: "gpt-5.4-nano",
    path: "responses",
    share: 25,
    failsIn: 60,
    failure: OPENAI.rate(),
    durationMs: 1400,
    tokens: 1900,
  },
  {
    provider: "google-ai-studio",
    model: "gemini-flash-lite-latest",
    path: "v1beta/models/gemini-flash-lite-latest:streamGenerateContent",
    share: 14,
    failsIn: 90,
    failure: { status: 503, body: { error: { code: 503, status: "UNAVAILABLE" } } },
    durationMs: 900,
    tokens: 2600,
  },
  {
    provider: "deepseek",
    model: "deepseek-chat",
    path: "chat/completions",
    share: 6,
    failsIn: 1,
    failure: DEEPSEEK.key("sk-demo"),
    durationMs: 240,
    tokens: 0,
  },
];

export interface HistoryOf {
  readonly accountId: string;
  readonly gatewayName: string;
  /** The number of requests in a busy hour. */
  readonly busy: number;
  /** The number of requests in 100 that are answered from the cache. */
  readonly cached: number;
}

/** The requests up to `now`, in ms. A gateway has the same requests in an hour each time. */
export function history(of: HistoryOf, now: number): readonly DemoLogRow[] {
  const rows: DemoLogRow[] = [];
  const last = Math.floor(now / HOUR);
  for (let hour = last - DAYS * 24; hour <= last; hour += 1) rows.push(...hourOf(of, hour));
  return rows.filter(({ createdAt }) => createdAt <= now);
}

/** The hours that were invented before, because each list and each sum needs all of them. */
const HOURS = new Map<string, readonly DemoLogRow[]>();

function hourOf(of: HistoryOf, hour: number): readonly DemoLogRow[] {
  const seed = `${of.accountId}/${of.gatewayName}/${of.busy}/${of.cached}/${hour}`;
  const rows = HOURS.get(seed) ?? inventedHour(of, hour, seed);
  HOURS.set(seed, rows);
  return rows;
}

function inventedHour(of: HistoryOf, hour: number, seed: string): readonly DemoLogRow[] {
  const random = randomFrom(seed);
  // Work begins in the morning, and pauses at noon and at the weekend.
  const wave = Math.max(0.06, Math.sin(((((hour % 24) + 24) % 24) - 5) * (Math.PI / 15)));
  const isWeekend = [2, 3].includes(Math.floor(hour / 24) % 7);
  const usual = Math.ceil(of.busy * wave * (isWeekend ? 0.3 : 1) * (0.6 + 0.8 * random()));
  const count = Math.max(FEWEST, usual);
  return Array.from({ length: count }, (_, index) => {
    // One in each part of the hour, so that any 60 minutes have some.
    const createdAt = Math.floor((hour + (index + random()) / count) * HOUR);
    return rowOf(of, createdAt, `${seed}/${index}`, random);
  }).toSorted((one, other) => one.createdAt - other.createdAt);
}

function rowOf(of: HistoryOf, createdAt: number, seed: string, random: () => number): DemoLogRow {
  const usual = usualAt(random() * 100);
  const success = random() >= 1 / usual.failsIn;
  const cached = success && random() * 100 < of.cached;
  const scale = 0.4 + 1.2 * random();
  const tokensIn = success ? Math.ceil(usual.tokens * scale) : null;
  const tokensOut = success ? Math.ceil((usual.tokens * scale) / 9) : null;
  return {
    accountId: of.accountId,
    gatewayName: of.gatewayName,
    id: logId(createdAt, seed),
    createdAt,
    provider: usual.provider,
    model: usual.model,
    path: usual.path,
    success,
    cached,
    durationMs: cached ? 12 : Math.ceil(usual.durationMs * scale),
    tokensIn,
    tokensOut,
    cost: cached ? 0 : costOf(tokensIn ?? 0, tokensOut ?? 0),
    status: success ? 200 : usual.failure.status,
    metadata: random() * 100 < OWN_TESTS ? OWN_TEST : null,
    userAgent: "mux/1.0",
    request: JSON.stringify({ model: usual.model, stream: true }),
    response: success ? "data: [DONE]\n\n" : JSON.stringify(usual.failure.body),
  };
}

function usualAt(percent: number): Usual {
  let end = 0;
  for (const usual of USUAL) {
    end += usual.share;
    if (percent < end) return usual;
  }
  throw new Error("The shares do not add up to 100.");
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed: string): () => number {
  let state = createHash("sha256").update(seed).digest().readInt32LE();
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
