/** Changes one or any number of providers in one write. Reports which are left out, and why. */
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
import { planDirect, planRoute, planUpdate } from "./change-provider";
import type { ChangeContext } from "./mirror-edits";
import { conflict, wantedBlock } from "./conflict";
import { OPEN, type BlockDetails } from "./edit";
import { gatewayKey, storesPrompts } from "./gateways";
import type { ProviderChange } from "./provider-change";
import { membersOf, type ReadProvider } from "./providers";
import { chosenToken, storedToken, type TokenSources } from "./token-choice";
import { viewBlock } from "./view";

export interface Outcome extends Pick<Changed, "changed" | "leftOut"> {
  /** The same object if nothing has changed. */
  readonly document: Document;
}

/** The file to change. */
export interface Given {
  readonly document: Document;
  readonly providers: readonly ReadProvider[];
  readonly context: ChangeContext;
  /** The current mark of a provider. */
  readonly markOf: (provider: ReadProvider) => string;
}

/**
 * Puts providers behind a gateway. Leaves out those without a key, those disabled in mux, and those
 * for which `planRoute` fails. Fails without a token.
 */
export function routeProviders(given: Given, { gateway, providers }: RouteInput): Result<Outcome> {
  const { document, context } = given;
  const { accountId, gatewayName, host = null, token: choice, storePrompts: asked } = gateway;
  const sources = sourcesOf(given);
  const token =
    choice === undefined ? storedToken(gateway, sources) : chosenToken(choice, gateway, sources);
  if (!token.success) return token;
  const users = usersOf(given, gateway);
  // Prompts that a provider keeps out of the log are stored only on request.
  const storePrompts = asked ?? (storesPrompts(users) === false ? false : undefined);
  return changeEach(given, providers, (provider, { segment }) => {
    const known = token.data ?? OPEN;
    const details = { accountId, gatewayName, host, token: known, segment, storePrompts };
    const ready = checkReady(provider, context);
    return {
      details,
      change: ready.success ? planRoute(document, provider, details, context) : ready,
    };
  });
}

/** Changes one provider. Fails with the error for which several would leave it out. */
export function changeOne(
  given: Given,
  input: ProvidersInput["providers"][number],
  plan: (provider: ReadProvider) => Planned,
): Result<Outcome> {
  const outcome = changeEach(given, [input], plan);
  const [left] = outcome.success ? outcome.data.leftOut : [];
  return left === undefined ? outcome : { success: false, error: left.error };
}

/** Disables the blocks of providers. */
export function directProviders(given: Given, { providers }: ProvidersInput): Result<Outcome> {
  return withoutBlocks(given, providers, "disable");
}

/** Removes the active and disabled blocks of providers with their compatibility fields. */
export function removeProviders(given: Given, { providers }: ProvidersInput): Result<Outcome> {
  return withoutBlocks(given, providers, "forget");
}

/**
 * Changes the names, the token or the log setting in all blocks of a gateway, active and disabled. A
 * new account or host without a new token drops the token.
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

/** The providers with an active or disabled block of a gateway. */
function usersOf({ providers }: Given, gateway: GatewayKey): readonly ReadProvider[] {
  return providers.filter(
    ({ shown }) => shown !== null && isSameGateway(gatewayKey(shown), gateway),
  );
}

/** The names of a gateway after the update. */
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

export interface Planned {
  /** The requested block: null for none, `same` for the one in the file. */
  readonly details: BlockDetails | "same" | null;
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

/** Makes all possible changes in one write. A provider that is named twice counts once. */
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
    // It is not a conflict if another program made exactly this change.
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
  // mux also calls custom providers without a key.
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

function conflictOf({ config, shown }: ReadProvider, details: Planned["details"]): Failure {
  const block = shown && viewBlock(shown);
  const yours = details === "same" ? block : details && wantedBlock(details, block);
  return conflict(config.id, yours, block);
}
