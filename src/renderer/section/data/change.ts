/** A change of the file, as the section asks for it, and what comes of it. */
import type {
  EnableInput,
  FixInput,
  ProviderInput,
  SetMirrorInput,
} from "../../../shared/contract";
import type { Result } from "../../../shared/result";
import type { ProvidersView } from "../../../shared/view";
import type { TypedToken } from "./typed-token";

/** What a change asks for, its token not yet spoken out. */
export type TypedInput = Omit<EnableInput, "seen" | "token"> & {
  readonly token?: TypedToken | null;
};

/** What a change expects to find: what the panel shows when it is sent, one certain mark, or anything. */
export type Expecting = "shown" | "anything" | { readonly mark: string };

/** What comes of a change. */
export type Answer = Result<ProvidersView> & {
  /** How many changes it made that Undo takes back: none when the file said so already. */
  readonly steps: 0 | 1;
};

/** Everything that writes the file. */
export type Change =
  | {
      readonly call: "enable";
      readonly input: TypedInput;
      readonly expecting: Expecting;
    }
  | {
      readonly call: "disable" | "forget";
      readonly input: Omit<ProviderInput, "seen">;
      readonly expecting: Expecting;
    }
  | { readonly call: "fix"; readonly input: Omit<FixInput, "seen">; readonly expecting: Expecting }
  | { readonly call: "setMirror"; readonly input: SetMirrorInput }
  | { readonly call: "undo" };

/** The token that a change was given, or null. */
export function tokenOf(change: Change | undefined): TypedToken | null {
  return change?.call === "enable" ? (change.input.token ?? null) : null;
}
