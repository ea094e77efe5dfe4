/** The one shape in which every call answers, across files and across processes. */
import type { Failure } from "./errors";

export interface Success<T> {
  readonly success: true;
  readonly data: T;
}

/** mux's own shape: a call never throws across a boundary, it answers one of these two. */
export type Result<T> = Success<T> | Failure;

export function success<T>(data: T): Success<T> {
  return { success: true, data };
}
