/** The setting that turns compatibility fields on or off. */
import { failure } from "../../shared/errors";
import type { Result } from "../../shared/result";

export interface MirrorSetting {
  readonly canChange: boolean;
  /** The current value. Cheap to call. */
  readonly isOn: () => Promise<boolean>;
  /** Saves the value. Fails with `mirror_fixed` if it cannot be changed. */
  readonly change: (on: boolean) => Promise<Result<null>>;
}

/** A constant setting, chosen by the program that opened the file. */
export function fixedMirror(on: boolean): MirrorSetting {
  return {
    canChange: false,
    isOn: () => Promise.resolve(on),
    change: () => Promise.resolve(failure("mirror_fixed")),
  };
}
