/** The few pictures that are kept and compared: one of each kind of thing that the section shows. */
import { join } from "node:path";

import { ROOT } from "../../scripts/runtime";
import type { Theme } from "./shot";

export interface Reference {
  readonly state: string;
  readonly theme: Theme;
  /** CSS pixels. */
  readonly width: number;
}

/** States without anything that moves or counts. */
const STATES = [
  "first-start",
  "some-routed",
  "form-wrong",
  "conflict",
  "remembered",
  "verdict-gateway",
  "culprit-provider",
  "long-texts",
] as const;

export const REFERENCES: readonly Reference[] = STATES.flatMap((state) => [
  { state, theme: "dark", width: 812 },
  { state, theme: "light", width: 375 },
]);

export const REFERENCE_FOLDER = join(ROOT, "checks/gallery/reference");
