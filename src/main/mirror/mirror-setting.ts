/** Whether blocks are mirrored, and who may decide it. */
import { failure } from "../../shared/errors";
import type { Result } from "../../shared/result";

export interface MirrorSetting {
  readonly canChange: boolean;
  /** As it is now; cheap to ask. */
  readonly isOn: () => Promise<boolean>;
  /** Remembers it; `mirror_fixed` when it cannot be changed. */
  readonly change: (on: boolean) => Promise<Result<null>>;
}

/** Decided once, by the program that opened the file. */
export function fixedMirror(on: boolean): MirrorSetting {
  return {
    canChange: false,
    isOn: () => Promise.resolve(on),
    change: () => Promise.resolve(failure("mirror_fixed")),
  };
}
