/** Sends changes to main, with the expected state of the file, and applies their results. */
import type { QueryClient } from "@tanstack/react-query";

import type { GatewayApi } from "../../../shared/contract";
import { assertNever } from "../../../shared/assert-never";
import { inputFailure } from "../../../shared/input-errors";
import type { Result } from "../../../shared/result";
import type { ProvidersView } from "../../../shared/view";
import {
  answerOf,
  answerOfMany,
  providersOf,
  spoken,
  tokenOf,
  type Answer,
  type Change,
  type Expecting,
} from "./change";
import type { TypedToken } from "./typed-token";
import {
  keep,
  markIn,
  markOf,
  ownMarksOf,
  PROVIDERS,
  pushedViewsOf,
  runningChangesOf,
} from "./shown";

/** Sends a change, and stores the view in its result. */
export async function write(api: GatewayApi, client: QueryClient, change: Change): Promise<Answer> {
  const before = providersOf(change).map(
    (provider) => [provider, markOf(client, provider)] as const,
  );
  pushedViewsOf(client).changeStarts();
  runningChangesOf(client).start(change);
  const answer = await send(api, client, change);
  // After a conflict, the user can send the change again, so it keeps its token.
  if (answer.success || answer.error.code !== "conflict") tokenOf(change)?.forget();
  if (answer.success) {
    for (const [provider, mark] of before) {
      const after = markIn(answer.data, provider);
      if (mark !== undefined && after !== undefined) {
        ownMarksOf(client).note(provider, mark, after);
      }
    }
    keep(client, answer.data);
  }
  const pushed = pushedViewsOf(client).changeEnds();
  if (pushed !== null) keep(client, pushed);
  runningChangesOf(client).end(change);
  return answer;
}

/** Reloads the providers after a refusal, because the shown view may be outdated. */
export async function settle(client: QueryClient, answer: Result<ProvidersView>) {
  if (!answer.success) await client.invalidateQueries({ queryKey: PROVIDERS });
}

async function send(api: GatewayApi, client: QueryClient, change: Change): Promise<Answer> {
  const asked = providersOf(change).length;
  switch (change.call) {
    case "enable":
    case "disable":
    case "forget":
    case "fix":
    case "confirmDomain":
    case "setMirror":
    case "undo":
      return answerOf(await ask(() => sendOne(api, client, change)));
    case "route":
    case "direct":
    case "remove":
    case "updateGateway":
      return answerOfMany(await ask(() => sendMany(api, client, change)), asked);
    default:
      return assertNever(change);
  }
}

type ChangeOfMany = Extract<
  Change,
  { readonly call: "route" | "direct" | "remove" | "updateGateway" }
>;

function sendOne(api: GatewayApi, client: QueryClient, change: Exclude<Change, ChangeOfMany>) {
  switch (change.call) {
    case "enable":
      return api.enable(withSeen(client, withToken(change.input), change.expecting));
    case "disable":
      return api.disable(withSeen(client, change.input, change.expecting));
    case "forget":
      return api.forget(withSeen(client, change.input, change.expecting));
    case "fix":
      return api.fix(withSeen(client, change.input, change.expecting));
    case "confirmDomain":
      return api.confirmDomain(change.input);
    case "setMirror":
      return api.setMirror(change.input);
    case "undo":
      return api.undo();
    default:
      return assertNever(change);
  }
}

function sendMany(api: GatewayApi, client: QueryClient, change: ChangeOfMany) {
  switch (change.call) {
    case "route": {
      const { gateway, providers } = change.input;
      return api.route({
        gateway: withToken(gateway),
        providers: providers.map((each) => withSeen(client, each, change.expecting)),
      });
    }
    case "direct":
    case "remove": {
      const { providers } = change.input;
      return api[change.call]({
        providers: providers.map((provider) => withSeen(client, { provider }, change.expecting)),
      });
    }
    case "updateGateway":
      return api.updateGateway({ ...change.input, change: withToken(change.input.change) });
    default:
      return assertNever(change);
  }
}

function withToken<T extends object, Other>({
  token,
  ...names
}: T & { readonly token?: TypedToken | Other }): Omit<T, "token"> & {
  readonly token?: string | Other;
} {
  return token === undefined ? names : { ...names, token: spoken(token) };
}

function withSeen<T extends { readonly provider: string }>(
  client: QueryClient,
  input: T,
  expecting: Expecting,
): T & { readonly seen?: string } {
  if (expecting === "anything") return input;
  const shown = markOf(client, input.provider);
  if (expecting !== "shown" && !ownMarksOf(client).has(input.provider, expecting.mark)) {
    return { ...input, seen: expecting.mark };
  }
  return shown === undefined ? input : { ...input, seen: shown };
}

/** Calls main. A rejected call means a lost connection, and becomes a failed `Result`. */
export async function ask<T>(call: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call();
  } catch {
    return inputFailure("disconnected");
  }
}
