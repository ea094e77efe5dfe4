/** The changes that the section can request, and their results. */
import type {
  EnableInput,
  FixInput,
  ProviderInput,
  SetMirrorInput,
} from "../../../shared/contract";
import type {
  ConfirmDomainInput,
  GatewayKey,
  ProviderRoute,
  TokenChoice,
  UpdateGatewayInput,
} from "../../../shared/gateways";
import { success, type Result } from "../../../shared/result";
import type { Changed, ProvidersView } from "../../../shared/view";
import { TypedToken } from "./typed-token";

/** The token choice of a form. A typed token stays a `TypedToken` until the change is sent. */
export type TypedChoice = TypedToken | Exclude<TokenChoice, string>;

/** The input of a form. `token` is null to use no token, and absent to keep the stored one. */
export type TypedInput = Omit<EnableInput, "seen" | "token"> & {
  readonly token?: TypedChoice;
};

/** The state that a change expects in the file: the one shown when it is sent, one mark, or any. */
export type Expecting = "shown" | "anything" | { readonly mark: string };

/** The result of a change. */
export type Answer = Result<ProvidersView> & Outcome;

interface Outcome {
  /** The number of changes that Undo can revert: 0 if the file already matched. */
  readonly steps: 0 | 1;
  /** For a change of several providers: the changed ones, and below those that were left out. */
  readonly changed: Changed["changed"];
  readonly leftOut: Changed["leftOut"];
}

const NO_OUTCOME: Outcome = { steps: 0, changed: [], leftOut: [] };

/** Every call that writes the file. */
export type Change =
  | {
      readonly call: "enable";
      readonly input: Omit<TypedInput, "token"> & { readonly token?: TypedToken | null };
      readonly expecting: Expecting;
    }
  | {
      readonly call: "disable" | "forget";
      readonly input: Omit<ProviderInput, "seen">;
      readonly expecting: Expecting;
    }
  | { readonly call: "route"; readonly input: TypedRoute; readonly expecting: Expecting }
  | {
      readonly call: "direct" | "remove";
      readonly input: { readonly providers: readonly string[] };
      readonly expecting: Expecting;
    }
  | { readonly call: "updateGateway"; readonly input: TypedUpdate }
  | { readonly call: "confirmDomain"; readonly input: ConfirmDomainInput }
  | { readonly call: "fix"; readonly input: Omit<FixInput, "seen">; readonly expecting: Expecting }
  | { readonly call: "setMirror"; readonly input: SetMirrorInput }
  | { readonly call: "undo" };

interface TypedRoute {
  readonly gateway: GatewayKey & {
    readonly token?: TypedChoice;
    readonly storePrompts?: boolean;
  };
  readonly providers: readonly Omit<ProviderRoute, "seen">[];
}

interface TypedUpdate {
  readonly gateway: GatewayKey;
  readonly change: Omit<UpdateGatewayInput["change"], "token"> & { readonly token?: TypedChoice };
}

/** The typed token of a change, or null. */
export function tokenOf(change: Change | undefined): TypedToken | null {
  const choice = choiceIn(change);
  return choice instanceof TypedToken ? choice : null;
}

function choiceIn(change: Change | undefined): TypedChoice | undefined {
  if (change?.call === "enable") return change.input.token;
  if (change?.call === "route") return change.input.gateway.token;
  return change?.call === "updateGateway" ? change.input.change.token : undefined;
}

/** The token in the form that main expects. */
export function spoken<Other>(choice: TypedToken | Other): string | Other {
  return choice instanceof TypedToken ? choice.text : choice;
}

/** The providers that a change names. */
export function providersOf(change: Change): readonly string[] {
  switch (change.call) {
    case "enable":
    case "disable":
    case "forget":
    case "fix":
      return [change.input.provider];
    case "route":
      return change.input.providers.map(({ provider }) => provider);
    case "direct":
    case "remove":
      return change.input.providers;
    case "updateGateway":
    case "confirmDomain":
    case "setMirror":
    case "undo":
      return [];
    default:
      return change satisfies never;
  }
}

/** The result of a change of one provider or of the whole file. */
export function answerOf(result: Result<ProvidersView>): Answer {
  return { ...result, ...NO_OUTCOME, steps: result.success ? result.data.made : 0 };
}

/** The result of a change of several providers. If its only provider was left out, it is a failure. */
export function answerOfMany(result: Result<Changed>, asked: number): Answer {
  if (!result.success) return { ...result, ...NO_OUTCOME };
  const { view, steps, changed, leftOut } = result.data;
  const [refused] = leftOut;
  if (asked === 1 && refused !== undefined) {
    return { success: false, error: refused.error, ...NO_OUTCOME };
  }
  return { ...success(view), steps, changed, leftOut };
}
