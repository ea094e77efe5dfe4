/** Starts the demo: a temporary home, and stand-ins for Cloudflare and every provider. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BUILT_IN_PROVIDERS } from "../src/shared/providers";
import { API_HOST, openApi, type ApiControls } from "./api";
import { openCloudflare, type CloudflareControls } from "./cloudflare";
import type { DemoGatewaySettings } from "./cloudflare-rules";
import { startInternet, type RecordedRequest } from "./internet";
import { demoAccount, DEMO_GATEWAYS } from "./demo-account";
import { DEMO_ENVIRONMENT } from "./names";
import { startProviders, type ProviderControls } from "./providers";
import { startProxy } from "./proxy";

export interface DemoOptions {
  /** An existing home, which close() does not remove; else a new temporary one. */
  readonly home?: string;
  /** Text of providers.jsonc; null for no file. Defaults to the sample, unless the home has a file. */
  readonly providersText?: string | null;
  /** Uses the order that mux seeds: OpenRouter and Bedrock before the providers themselves. */
  readonly openrouterFirst?: boolean;
  /** Gateways to use instead of the demo's own. */
  readonly gateways?: readonly DemoGatewaySettings[];
  /** The stand-ins' clock, in ms. */
  readonly now?: () => number;
}

export interface Demo {
  /**
   * The app's environment: its home, the proxy, the proxy's CA, and empty values for every variable
   * through which the real environment could leak in.
   */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Variables that the app's environment must not have at all: an empty base URL breaks mux, which a
   * user may start from the demo.
   */
  readonly unset: readonly string[];
  /** The directory with mux's providers.jsonc and config.json only. */
  readonly home: string;
  /** The path of providers.jsonc. */
  readonly file: string;
  /** Copies of all received requests, in order. */
  readonly requests: readonly RecordedRequest[];
  readonly clearRequests: () => void;
  /** Resolves with the next request when it arrives. */
  readonly nextRequest: () => Promise<RecordedRequest>;
  /** Resolves with the next request that the app abandons before its response is complete. */
  readonly nextAbandoned: () => Promise<RecordedRequest>;
  readonly cloudflare: CloudflareControls;
  /** The account at Cloudflare's API, with the same gateways. */
  readonly account: ApiControls;
  readonly providers: ProviderControls;
  /** Simulates an outage: the proxy refuses every connection until it is up again. */
  readonly network: {
    readonly down: () => Promise<void>;
    readonly up: () => Promise<void>;
  };
  /** Stops the servers and removes the demo's files; safe to call twice. */
  readonly close: () => Promise<void>;
}

/** The environment of a program that a user starts in the demo, with the offered gateway. */
export function userEnvironment(
  base: NodeJS.ProcessEnv,
  { env, unset }: Pick<Demo, "env" | "unset">,
): NodeJS.ProcessEnv {
  const set = { ...base, ...env, ...DEMO_ENVIRONMENT };
  return Object.fromEntries(Object.entries(set).filter(([name]) => !unset.includes(name)));
}

/** mux's route priority in the demo, so that the providers themselves are called. */
const USUAL_PRIORITY = ["direct", "openrouter"];
/** As mux writes it when it finds keys for OpenRouter and Bedrock. */
const SEEDED_PRIORITY = ["openrouter", "bedrock", "direct"];

/** Starts a demo. Any number of demos can run at the same time. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const directory = await mkdtemp(join(tmpdir(), "mux-demo-"));
  const home = options.home ?? join(directory, "home");
  const file = join(home, "providers.jsonc");
  await mkdir(home, { recursive: true, mode: 0o700 });
  await settle(file, options.providersText);
  if (options.providersText !== null) {
    const routePriority = options.openrouterFirst ? SEEDED_PRIORITY : USUAL_PRIORITY;
    await writeNew(join(home, "config.json"), JSON.stringify({ routePriority }, null, 2));
  }

  const providers = await startProviders();
  const state = demoAccount(options.gateways ?? DEMO_GATEWAYS, options.now ?? Date.now);
  const api = openApi(state);
  const cloudflare = openCloudflare({ state, provider: providers.answer });
  const internet = await startInternet(async (arrival) => {
    if (arrival.url.host === API_HOST) return api.answer(arrival);
    const answer = await cloudflare.answer(arrival);
    if (answer) return answer;
    const response = await providers.answer(arrival);
    return response && { response, answeredBy: "provider", forwarded: null };
  });
  const proxy = await startProxy(internet.url);
  const certificate = join(directory, "ca.pem");
  await writeFile(certificate, proxy.certificate);

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    await proxy.close();
    await internet.close();
    await providers.close();
    await rm(directory, { recursive: true, force: true, maxRetries: 10 });
  }

  return {
    env: environment(home, proxy.url, certificate),
    unset: BUILT_IN_PROVIDERS.flatMap(({ baseUrlVariables }) => baseUrlVariables),
    home,
    file,
    get requests() {
      return internet.requests();
    },
    clearRequests: internet.clear,
    nextRequest: internet.arrived,
    nextAbandoned: internet.abandoned,
    cloudflare: cloudflare.controls,
    account: api.controls,
    providers: providers.controls,
    network: { down: proxy.down, up: proxy.up },
    close: async () => (closing ??= close()),
  };
}

/** Writes providers.jsonc: the given text, or the sample if the file is missing. */
async function settle(file: string, providersText: string | null | undefined): Promise<void> {
  if (providersText === null) return;
  const text =
    providersText ?? (await readFile(join(__dirname, "sample-home", "providers.jsonc"), "utf8"));
  if (providersText === undefined) await writeNew(file, text);
  else await writeFile(file, text, { mode: 0o600 });
}

/** Leaves an existing file as it is. */
async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { mode: 0o600, flag: "wx" });
  } catch (error) {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    if (!exists) throw error;
  }
}

function environment(home: string, proxy: string, certificate: string): Record<string, string> {
  const blank = [
    ...BUILT_IN_PROVIDERS.flatMap(({ keyVariables }) => keyVariables),
    ...Object.keys(DEMO_ENVIRONMENT),
    "OPENAI_ORG_ID",
    "AWS_BEARER_TOKEN_BEDROCK",
    "NO_PROXY",
    "ALL_PROXY",
    "NODE_TLS_REJECT_UNAUTHORIZED",
  ];
  const variables = {
    ...Object.fromEntries(blank.map((name) => [name, ""])),
    // mux reads XUM_ROOT first, and an empty value would hide MUX_ROOT.
    MUX_ROOT: home,
    XUM_ROOT: home,
    HTTPS_PROXY: proxy,
    HTTP_PROXY: proxy,
    // A packaged app gets only its own variable.
    MUX_SETTINGS_CA_CERTS: certificate,
    NODE_EXTRA_CA_CERTS: certificate,
  };
  // Programs read the proxy variables in either case, usually lower case first.
  const lower = Object.entries(variables).filter(([name]) => name.endsWith("_PROXY"));
  return {
    ...variables,
    ...Object.fromEntries(lower.map(([name, value]) => [name.toLowerCase(), value])),
  };
}
