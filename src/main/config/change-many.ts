/** Changes of any number of providers in one write: who is changed, and who is left out and why. */
import { isDeepStrictEqual } from "node:util";

import { failure, type Failure } from "../../shared/errors";
import {
  isSameGateway,
  type GatewayKey,
  type ProvidersInput,
  type RouteInput,
  type UpdateGatewayInput,
} from "../../shared/gateways";
import { success, type Result } from "../../shared/result";
import type { Changed } from "../../shared/view";
import { changeDocument } from "../jsonc/change-document";
import type { Document } from "../jsonc/document";
import type { MemberChange } from "../jsonc/plan";
import { keyOrigin } from "../mux/key-source";
import { planDirect, planEnable, planUpdate } from "./change-provider";
import type { ChangeContext } from "./mirror-edits";
import { conflict, wantedBlock } from "./conflict";
import { OPEN, type BlockDetails } from "./edit";
import { gatewayKey, storesPrompts } from "./gateways";
import type { ProviderChange } from "./provider-change";
import type { ReadProvider } from "./providers";
import { chosenToken, storedToken, type TokenSources } from "./token-choice";
import { viewBlock } from "./view";

export interface Outcome extends Pick<Changed, "changed" | "leftOut"> {
  /** The very same when nothing has changed. */
  readonly document: Document;
}

/** The file that is changed, with what can be edited of it. */
export interface Given {
  readonly document: Document;
  readonly providers: readonly ReadProvider[];
  readonly context: ChangeContext;
  /** The provider's mark as it is now. */
  readonly markOf: (provider: ReadProvider) => string;
}

/**
 * Puts providers behind a gateway. Whoever cannot be included is left out: without a key, disabled
 * in mux, or with an error of `planEnable`. Fails with an error of the token.
 */
export function routeProviders(given: Given, { gateway, providers }: RouteInput): Result<Outcome> {
  const { document, context } = given;
  const { accountId, gatewayName, host = null, token: choice, storePrompts: asked } = gateway;
  const sources = sourcesOf(given);
  const token =
    choice === undefined ? storedToken(gateway, sources) : chosenToken(choice, gateway, sources);
  if (!token.success) return token;
  const users = usersOf(given, gateway);
  // Prompts that a provider keeps out of the log are never stored unasked.
  const storePrompts = asked ?? (storesPrompts(users) === false ? false : undefined);
  return changeEach(given, providers, (provider, { segment }) => {
    const known = token.data ?? OPEN;
    const details = { accountId, gatewayName, host, token: known, segment, storePrompts };
    const ready = checkReady(provider, context);
    return {
      details,
      change: ready.success ? planEnable(document, provider, details, context) : ready,
    };
  });
}

/** Switches the blocks of providers off. */
export function directProviders(given: Given, { providers }: ProvidersInput): Result<Outcome> {
  return withoutBlocks(given, providers, "disable");
}

/** Removes the blocks of providers, switched on or off, with tokens and mirror. */
export function removeProviders(given: Given, { providers }: ProvidersInput): Result<Outcome> {
  return withoutBlocks(given, providers, "forget");
}

/**
 * Gives every block of a gateway, on or off, other names, another token or another setting of the
 * log. A new account or host without a new token gets none.
 */
export function updateUsers(
  given: Given,
  { gateway, change }: UpdateGatewayInput,
): Result<Outcome> {
  const { document, context } = given;
  const names = gatewayAfter({ gateway, change });
  const token =
    change.token === undefined
      ? success(undefined)
      : chosenToken(change.token, names, sourcesOf(given));
  if (!token.success) return token;
  const details = {
    ...names,
    host: change.host,
    token: token.data === null ? OPEN : token.data,
    storePrompts: change.storePrompts,
  };
  const users = usersOf(given, gateway).map(({ config }) => ({ provider: config.id }));
  return changeEach(given, users, (provider) => {
    return { details, change: planUpdate(document, provider, details, context) };
  });
}

/** The providers whose block names a gateway, on or off. */
function usersOf({ providers }: Given, gateway: GatewayKey): readonly ReadProvider[] {
  return providers.filter(
    ({ shown }) => shown !== null && isSameGateway(gatewayKey(shown), gateway),
  );
}

/** The names of a gateway once it is updated. */
export function gatewayAfter({
  gateway,
  change,
}: UpdateGatewayInput): UpdateGatewayInput["gateway"] {
  const host = change.host === undefined ? gateway.host : change.host;
  return {
    accountId: change.accountId ?? gateway.accountId,
    gatewayName: change.gatewayName ?? gateway.gatewayName,
    ...(host === undefined || host === null ? {} : { host }),
  };
}

function sourcesOf({ providers, context: { env, domains } }: Given): TokenSources {
  return { providers, env, domains };
}

interface Planned {
  /** What its block was to say; null for none. */
  readonly details: BlockDetails | null;
  readonly change: Result<ProviderChange>;
}

function withoutBlocks(
  given: Given,
  providers: ProvidersInput["providers"],
  kind: "disable" | "forget",
): Result<Outcome> {
  return changeEach(given, providers, (provider) => {
    return { details: null, change: planDirect(given.document, provider, kind, given.context) };
  });
}

/** One write of every change that can be made. A provider that is named twice counts once. */
function changeEach<Input extends ProvidersInput["providers"][number]>(
  { document, providers, context, markOf }: Given,
  inputs: readonly Input[],
  plan: (provider: ReadProvider, input: Input) => Planned,
): Result<Outcome> {
  const byId = new Map(providers.map((provider) => [provider.config.id, provider]));
  const changes: MemberChange[] = [];
  const leftOut: Changed["leftOut"][number][] = [];
  for (const [id, input] of new Map(inputs.map((each) => [each.provider, each]))) {
    const provider = byId.get(id);
    const { details, change } = provider
      ? plan(provider, input)
      : { details: null, change: failure("provider_unknown", { provider: id }) };
    if (!change.success) leftOut.push({ provider: id, error: change.error });
    // If another program made the very same change, there is nothing to ask.
    else if (provider && changesMembers(provider, change.data)) {
      const isOld = input.seen !== undefined && input.seen !== markOf(provider);
      if (isOld) leftOut.push({ provider: id, error: conflictOf(provider, details).error });
      else changes.push(change.data.finished());
    }
  }
  const after = changeDocument(document, changes, context.file);
  if (!after.success) return after;
  const changed = after.data === document ? [] : changes.map(({ key }) => key);
  return success({ document: after.data, changed, leftOut });
}

function checkReady({ config }: ReadProvider, { env }: ChangeContext): Result<null> {
  const { id } = config;
  if (!config.enabled) return failure("provider_disabled", { provider: id });
  const key = keyOrigin(config, env);
  // mux calls a custom provider without a key too.
  return key.source === "none" && config.kind === "built-in"
    ? failure("key_missing", { provider: id, variables: key.variables })
    : success(null);
}

function changesMembers(
  before: ReadProvider,
  { isEmpty, provider: after }: ProviderChange,
): boolean {
  return !isEmpty && !isDeepStrictEqual(membersOf(before), membersOf(after));
}

function membersOf({ config, written }: ReadProvider): unknown {
  return written?.values ?? config.values;
}

function conflictOf({ config, shown }: ReadProvider, details: BlockDetails | null): Failure {
  const block = shown && viewBlock(shown);
  return conflict(config.id, details && wantedBlock(details, block), block);
}
