/** Composes the file, the models and the route test behind one interface. */
import { homedir } from "node:os";

import type { LanguageModel } from "ai";

import { failure, placeOf, type FilePlace } from "../shared/errors";
import type {
  ConfirmDomainInput,
  ProvidersInput,
  RouteInput,
  UpdateGatewayInput,
} from "../shared/gateways";
import type { TestReport } from "../shared/report";
import { success, type Result } from "../shared/result";
import type { TestsView } from "../shared/tests";
import type { Changed, FixCode, ProvidersView } from "../shared/view";
import { findHome, shownPath } from "./mux/home";
import { fixedMirror, type MirrorSetting } from "./mirror/mirror-setting";
import { openDomainConfirmations } from "./config/confirmed-domains";
import { rememberedMirror } from "./config/remembered-mirror";
import { openProvidersStore, type GatewayDetails, type SeenOption } from "./config/store";
import { openTokenFingerprints } from "./config/token-fingerprints";
import { consoleLog, type Log } from "./text/log";
import { aboutError } from "./text/unexpected-error";
import type { CloudflareAccount } from "./cloudflare/cloudflare-account";
import type { SecretStore } from "./cloudflare/secret-store";
import { accountChanges } from "./account-changes";
import { prepareAccount } from "./gateway-account";
import { providerRequests, type TestOptions } from "./provider-requests";
import { openProbeMemory } from "./proof/memory/probe-memory";

export interface GatewayOptions {
  /** mux's home directory. Defaults to the one that mux itself uses. */
  readonly home?: string;
  /** Defaults to `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  /** Defaults to the console. */
  readonly log?: Log;
  /**
   * Writes compatibility fields next to each block (the base URL and the token header), so that a
   * version of mux that does not read the block uses the same route. Off by default: a host that creates its
   * models here does not need them.
   */
  readonly mirror?: boolean;
  /**
   * Stores the panel's settings, per home, the confirmed custom domains, and salted hashes of the
   * tokens that it wrote. With it, `mirror` can be changed in the panel.
   */
  readonly settingsFile?: string;
  /**
   * False: adds no compatibility fields, whatever `settingsFile` says. Existing ones stay up to date,
   * and the setting stays as it is. For a program that makes one change and exits.
   */
  readonly addMirror?: boolean;
  /** Stores test results. By default they are kept in memory only. */
  readonly testsFile?: string;
  /**
   * Keeps the API token of the user's Cloudflare account between starts, encrypted, when the user asks
   * for it. Absent: the token is kept in memory only.
   */
  readonly secrets?: SecretStore;
  /**
   * Opens `file` in the user's editor, and tells whether that succeeded. Absent: the panel offers no button.
   * `place` is where the file cannot be read, or null.
   */
  readonly openFile?: (file: string, place: FilePlace | null) => Promise<boolean>;
  /** Used for model requests. Defaults to a client that honours proxies and extra CAs. */
  readonly fetch?: typeof globalThis.fetch;
  /**
   * Declares that `fetch` verifies certificates. Without it, a test over that `fetch` proves no
   * route, because the connection cannot be observed.
   */
  readonly tlsVerified?: boolean;
}

export interface CloudflareGateway {
  /** Absolute path of providers.jsonc. */
  readonly file: string;
  /** Every provider, without secrets. `problem` says why a file cannot be edited. */
  readonly providers: () => Promise<Result<ProvidersView>>;
  /** Writes the block, or turns a disabled one on again. */
  readonly enable: (
    provider: string,
    gateway: GatewayDetails,
    options?: SeenOption,
  ) => Promise<Result<ProvidersView>>;
  /** Renames the block to `cloudflareGatewayDisabled`, which keeps its settings. */
  readonly disable: (provider: string, options?: SeenOption) => Promise<Result<ProvidersView>>;
  /** Removes the block and everything in it. */
  readonly forget: (provider: string, options?: SeenOption) => Promise<Result<ProvidersView>>;
  /**
   * Puts any number of providers behind one gateway, in one write. A provider that cannot be
   * included is left out with its reason. Besides the errors of the file: those of the names and of
   * the token, `token_missing` and `token_differs` when none is given and none can be taken.
   */
  readonly route: (input: RouteInput) => Promise<Result<Changed>>;
  /** Switches the blocks of any number of providers off, in one write. */
  readonly direct: (input: ProvidersInput) => Promise<Result<Changed>>;
  /** Removes the blocks of any number of providers with tokens and mirror, in one write. */
  readonly remove: (input: ProvidersInput) => Promise<Result<Changed>>;
  /**
   * Gives every block of a gateway, on or off, other names, another domain or another token, in one
   * write. A new account or domain without a new token gets none.
   */
  readonly updateGateway: (input: UpdateGatewayInput) => Promise<Result<Changed>>;
  /**
   * Confirms that the user owns a gateway's custom domain, and mirrors the blocks that name it. Until
   * then such a gateway is neither tested nor called. Ends when no block names the domain any more.
   * With `listed`, fails with `domain_not_active` unless the connected Cloudflare account lists it.
   */
  readonly confirmDomain: (domain: ConfirmDomainInput) => Promise<Result<ProvidersView>>;
  /** Applies the fix that one of the provider's warnings offers. */
  readonly fix: (
    provider: string,
    fix: FixCode,
    options?: SeenOption,
  ) => Promise<Result<ProvidersView>>;
  /** Adds or removes the compatibility fields of all active blocks; `mirror_fixed` without a `settingsFile`. */
  readonly setMirror: (on: boolean) => Promise<Result<ProvidersView>>;
  /** Restores the exact bytes from before the last change. */
  readonly undo: () => Promise<Result<ProvidersView>>;
  /** Opens the file in the user's editor; `file_not_opened` without the option, and when that fails. */
  readonly openFile: () => Promise<Result<null>>;
  /** An AI SDK model of the saved file, for example "anthropic:claude-haiku-4-5". */
  readonly languageModel: (model: string) => Promise<Result<LanguageModel>>;
  /** Streams one tiny generation and reports where the request went. */
  readonly test: (provider: string, options?: TestOptions) => Promise<Result<TestReport>>;
  /** The last test of each provider, marked stale when the tested settings have changed. */
  readonly tests: () => Promise<Result<TestsView>>;
  /** The user's Cloudflare account. Without an API token, nothing is sent to it. */
  readonly cloudflare: CloudflareAccount;
  /** Calls the listener after every change of the file. Returns a function that stops it. */
  readonly onChange: (listener: (view: ProvidersView) => void) => () => void;
  readonly close: () => Promise<void>;
}

/** Opens mux's providers.jsonc. Nothing is written or created before the first change. */
export function openCloudflareGateway(options: GatewayOptions = {}): CloudflareGateway {
  const env = options.env ?? process.env;
  const log = options.log ?? consoleLog;
  const { file, other, app } = findHome({ home: options.home, env, homedir: homedir() });
  const mirror = mirrorSetting(options, file, log);
  const settingsFile = options.settingsFile ?? null;
  const fingerprints = openTokenFingerprints({ settingsFile, log });
  const confirmations = openDomainConfirmations({ settingsFile, providersFile: file, log });
  const { openFile } = options;
  const store = openProvidersStore({
    file,
    shownFile: shownPath(file, homedir()),
    canOpenFile: openFile !== undefined,
    otherFile: other,
    app,
    mirror,
    fingerprints,
    confirmations,
    account: () => account.state(),
    env,
    log,
  });
  const memory = openProbeMemory({ file: options.testsFile ?? null, env, log });
  const account = prepareAccount({
    file,
    env,
    log,
    secrets: options.secrets ?? null,
    view: async () => (await store.read()).view,
    saved: async () => (await store.read()).providers,
    onChange: () => void store.accountChanged(),
    test: (provider) => gateway.test(provider),
  });
  const changes = accountChanges(store, account);
  const requests = providerRequests({
    store,
    memory,
    account,
    env,
    log,
    fetch: options.fetch,
    tlsVerified: options.tlsVerified === true,
  });
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

  const gateway: CloudflareGateway = {
    file,
    providers: whileOpen(async () => success((await store.read()).view)),
    enable: whileOpen(changes.enable),
    disable: whileOpen((...given) => store.disable(...given)),
    forget: whileOpen((...given) => store.forget(...given)),
    route: whileOpen(changes.route),
    direct: whileOpen((...given) => store.direct(...given)),
    remove: whileOpen((...given) => store.remove(...given)),
    updateGateway: whileOpen(changes.updateGateway),
    confirmDomain: whileOpen(changes.confirmDomain),
    fix: whileOpen((...given) => store.fix(...given)),
    setMirror: whileOpen((...given) => store.setMirror(...given)),
    undo: whileOpen(() => store.undo()),
    openFile: whileOpen(async () => {
      if (openFile === undefined) return failure("file_not_opened", { file });
      const { problem } = (await store.read()).view;
      const opened = await openFile(file, problem === null ? null : placeOf(problem));
      return opened ? success(null) : failure("file_not_opened", { file });
    }),
    languageModel: whileOpen(requests.languageModel),
    test: whileOpen(requests.test),
    tests: whileOpen(requests.tests),
    cloudflare: account.calls,
    onChange: (listener) => store.onChange(listener),
    close: async () => {
      closed = true;
      await Promise.all([account.close(), store.close()]);
    },
  };
  return gateway;
}

function mirrorSetting(
  { mirror = false, settingsFile, addMirror = true }: GatewayOptions,
  providersFile: string,
  log: Log,
): MirrorSetting {
  if (settingsFile === undefined) return fixedMirror(mirror);
  const remembered = rememberedMirror({ settingsFile, providersFile, mirror, log });
  return addMirror ? remembered : { ...remembered, isOn: () => Promise.resolve(false) };
}
