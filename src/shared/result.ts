/** The result type of every call, in all processes. */
import type { Failure } from "./errors";

export interface Success<T> {
  readonly success: true;
  readonly data: T;
}

/** mux's result shape. A call returns one of the two and never throws. */
export type Result<T> = Success<T> | Failure;

export function success<T>(data: T): Success<T> {
  return { success: true, data };
}
