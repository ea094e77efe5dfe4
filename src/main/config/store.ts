/** The store of providers.jsonc: reads, changes and undo, with notifications of every change. */
import { failure } from "../../shared/errors";
import type { ConfirmedDomains } from "../../shared/gateway-domain";
import type {
  Action,
  DomainKey,
  ProvidersInput,
  RouteInput,
  TokenChoice,
  UpdateGatewayInput,
} from "../../shared/gateways";
import type { MuxAppName } from "../../shared/mux-route";
import { success, type Result } from "../../shared/result";
import type { Changed, FixCode, ProvidersView } from "../../shared/view";
import type { Log } from "../text/log";
import { planDirect, planEnable, planFix } from "./change-provider";
import { forbiddenHost } from "./called-domain";
import { openDomainConfirmations, type DomainConfirmations } from "./confirmed-domains";
import {
  changeOne,
  directProviders,
  gatewayAfter,
  removeProviders,
  routeProviders,
  updateUsers,
  type Given,
  type Outcome,
  type Planned,
} from "./change-many";
import { OPEN } from "./edit";
import { FileChanges } from "./file-changes";
import { fixedMirror, type MirrorSetting } from "../mirror/mirror-setting";
import type { ProviderConfig } from "../mux/provider-config";
import { LiveFile, type AccountState } from "./live-file";
import type { MuxTarget } from "./mux-target";
import type { ReadProvider } from "./providers";
import { openTokenFingerprints, type TokenFingerprints } from "./token-fingerprints";
import { checkGateway } from "./token-choice";
import { UndoSteps } from "./undo-steps";

export interface StoreOptions {
  /** Absolute path of providers.jsonc, whether or not it exists. */
  readonly file: string;
  /** The path for display. Default: `file`. */
  readonly shownFile?: string;
  /** Default: false. */
  readonly canOpenFile?: boolean;
  /** An unused providers.jsonc in another home. Default: null. */
  readonly otherFile?: string | null;
  /** Default: mux. */
  readonly app?: MuxAppName;
  /** Default: off, and cannot be changed. */
  readonly mirror?: MirrorSetting;
  /** Default: kept in memory. */
  readonly fingerprints?: TokenFingerprints;
  /** Default: kept in memory. */
  readonly confirmations?: DomainConfirmations;
  /** The connection to the user's Cloudflare account. Default: none. */
  readonly account?: () => AccountState;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
}

export interface GatewayDetails {
  readonly accountId: string;
  readonly gatewayName: string;
  /** If absent, the block keeps its token. Null removes it. */
  readonly token?: string | null;
  /** The gateway needs no token, which the block remembers. Not together with `token`. */
  readonly open?: true;
  /** `custom-<slug>`. If absent, the block keeps its segment. Null removes it. */
  readonly segment?: string | null;
  /** False: the gateway must not store prompts in its log. If absent, the block keeps its setting. */
  readonly storePrompts?: boolean;
  /** A custom domain. If absent, the block keeps its domain. Null removes it. */
  readonly host?: string | null;
}

export interface SeenOption {
  /** The provider's `mark` when it was shown. Fails with `conflict` if the block has changed since. */
  readonly seen?: string;
}

export interface StoreReading {
  readonly view: ProvidersView;
  readonly providers: readonly ProviderConfig[];
  /** The target of mux's next request for a model of a provider. */
  readonly muxTarget: (provider: string, modelId: string) => Result<MuxTarget>;
  /** The custom domains that the user has confirmed. */
  readonly domains: ConfirmedDomains;
  /** The host that a provider must not call, because its block names it unconfirmed; else null. */
  readonly forbiddenHost: (provider: string) => string | null;
}

/** Opens the file. Nothing is read before the first call or created before the first change. */
export function openProvidersStore(options: StoreOptions): ProvidersStore {
  return new ProvidersStore(options);
}

const NO_ACCOUNT: AccountState = { changes: 0, secrets: [] };

/** The changes of one file. They run one after another. */
export class ProvidersStore {
  readonly file: string;
  readonly #live: LiveFile;
  readonly #changes: FileChanges;

  constructor({ file, otherFile = null, app = "mux", env, log, ...options }: StoreOptions) {
    const mirror = options.mirror ?? fixedMirror(false);
    const fingerprints = options.fingerprints ?? openTokenFingerprints({ settingsFile: null, log });
    const confirmations =
      options.confirmations ??
      openDomainConfirmations({ settingsFile: null, providersFile: file, log });
    const steps = new UndoSteps();
    const kept = { file, steps, mirror, fingerprints, confirmations };
    const live = new LiveFile({
      ...kept,
      shownFile: options.shownFile ?? file,
      canOpenFile: options.canOpenFile ?? false,
      otherFile,
      app,
      account: options.account ?? (() => NO_ACCOUNT),
      env,
      log,
    });
    this.file = file;
    this.#live = live;
    this.#changes = new FileChanges({ ...kept, live });
  }

  /** The current file on disk. Never rejects: problems are in `view.problem`. */
  read(): Promise<StoreReading> {
    // Queued, so that a route test after a change reads the changed file.
    return this.#live.enqueue(async () => {
      const snapshot = await this.#live.readSnapshot();
      const providers = snapshot.providers.map(({ config }) => config);
      const view = this.#live.buildView(snapshot);
      // Now, because a later read may find other settings.
      const target = this.#live.muxTargets(snapshot);
      const { domains } = this.#live.context;
      return {
        view,
        providers,
        muxTarget: target,
        domains,
        forbiddenHost: (id) => {
          const provider = snapshot.providers.find(({ config }) => config.id === id);
          return provider === undefined ? null : forbiddenHost(provider, domains);
        },
      };
    });
  }

  /** Tells all listeners of a change of the account. */
  accountChanged(): Promise<void> {
    return this.#live.enqueue(() => this.#live.emitAgain());
  }

  /** Writes the block, or enables a disabled one again. */
  enable(
    provider: string,
    details: GatewayDetails,
    options: SeenOption = {},
  ): Promise<Result<ProvidersView>> {
    const { open, ...asked } = details;
    if (open === true && asked.token !== undefined) {
      return Promise.resolve(failure("input_invalid", { what: "open, token" }));
    }
    const wanted = open === true ? { ...asked, token: OPEN } : asked;
    return this.#changeOne(
      "enable",
      { provider, ...options },
      ({ document, context }, found) => {
        return { details: wanted, change: planEnable(document, found, wanted, context) };
      },
      details.token,
    );
  }

  disable(provider: string, options: SeenOption = {}): Promise<Result<ProvidersView>> {
    return this.#changeOne("disable", { provider, ...options }, ({ document, context }, found) => {
      return { details: null, change: planDirect(document, found, "disable", context) };
    });
  }

  /** Removes the active and the disabled block. */
  forget(provider: string, options: SeenOption = {}): Promise<Result<ProvidersView>> {
    return this.#changeOne("forget", { provider, ...options }, ({ document, context }, found) => {
      return { details: null, change: planDirect(document, found, "forget", context) };
    });
  }

  /** Applies the fix of a warning. Fails with `fix_unavailable` if there is nothing to fix. */
  fix(provider: string, fix: FixCode, options: SeenOption = {}): Promise<Result<ProvidersView>> {
    return this.#changeOne("fix", { provider, ...options }, ({ document, context }, found) => {
      return { details: "same", change: planFix(document, found, fix, context) };
    });
  }

  /** Puts any number of providers behind one gateway. */
  async route(input: RouteInput): Promise<Result<Changed>> {
    const valid = checkGateway(input.gateway, input.gateway.token, this.#live.context.env);
    return valid.success
      ? this.#changeMany("route", (given) => routeProviders(given, input), input.gateway.token)
      : valid;
  }

  /** Disables any number of blocks. */
  direct(input: ProvidersInput): Promise<Result<Changed>> {
    return this.#changeMany("direct", (given) => directProviders(given, input));
  }

  /** Removes the active and disabled blocks of any number of providers. */
  remove(input: ProvidersInput): Promise<Result<Changed>> {
    return this.#changeMany("remove", (given) => removeProviders(given, input));
  }

  /** Changes the names or the token in all blocks of a gateway, active and disabled. */
  async updateGateway(input: UpdateGatewayInput): Promise<Result<Changed>> {
    const valid = checkGateway(gatewayAfter(input), input.change.token, this.#live.context.env);
    return valid.success
      ? this.#changeMany("updateGateway", (given) => updateUsers(given, input), input.change.token)
      : valid;
  }

  /** Turns the mirror on or off: updates all active blocks in one write and saves the setting. */
  setMirror(on: boolean): Promise<Result<ProvidersView>> {
    return this.#changes.setMirror(on);
  }

  /** Saves that the user owns the custom domain of a gateway, and mirrors its blocks. */
  async confirmDomain(domain: DomainKey): Promise<Result<ProvidersView>> {
    const valid = checkGateway(domain, undefined, this.#live.context.env);
    return valid.success ? this.#changes.confirmDomain(domain) : valid;
  }

  /** Restores the bytes before the last change. Fails with `undo_changed` if others changed the file. */
  undo(): Promise<Result<ProvidersView>> {
    return this.#changes.undo();
  }

  /** Calls the listener once per change, by us or others. Returns a function that removes it. */
  onChange(listener: (view: ProvidersView) => void): () => void {
    return this.#live.subscribe(listener);
  }

  /** Stops watching. Resolves when running calls are done. */
  close(): Promise<void> {
    return this.#live.close();
  }

  async #changeMany(
    action: Action,
    change: (given: Given) => Result<Outcome>,
    token?: TokenChoice,
  ): Promise<Result<Changed>> {
    const last: { outcome: Pick<Outcome, "changed" | "leftOut"> } = {
      outcome: { changed: [], leftOut: [] },
    };
    const view = await this.#changes.edit(
      ({ document, providers }) => {
        if (!document.success) return document;
        const { context } = this.#live;
        const markOf = (provider: ReadProvider) => this.#live.markOf(provider);
        const outcome = change({ document: document.data, providers, context, markOf });
        if (!outcome.success) return outcome;
        last.outcome = outcome.data;
        return success(outcome.data.document);
      },
      () => ({ action, providers: last.outcome.changed }),
      typeof token === "string" ? token : null,
    );
    if (!view.success) return view;
    const { changed, leftOut } = last.outcome;
    return success({ view: view.data, steps: view.data.made, changed, leftOut });
  }

  async #changeOne(
    action: Action,
    input: ProvidersInput["providers"][number],
    plan: (given: Given, provider: ReadProvider) => Planned,
    token?: string | null,
  ): Promise<Result<ProvidersView>> {
    const changed = await this.#changeMany(
      action,
      (given) => changeOne(given, input, (provider) => plan(given, provider)),
      token,
    );
    return changed.success ? success(changed.data.view) : changed;
  }
}
