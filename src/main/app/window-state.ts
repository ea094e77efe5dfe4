/** Where the window stood and where it may stand now: on a display there is, whole, and not too small. */
import { z } from "zod";

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const COORDINATE = z.int().min(-1_000_000).max(1_000_000);
const LENGTH = z.int().positive().max(1_000_000);

/** What `window.json` holds, in Electron's density-independent pixels. */
export const WINDOW_STATE = z.object({
  version: z.literal(1),
  bounds: z.object({ x: COORDINATE, y: COORDINATE, width: LENGTH, height: LENGTH }),
  maximized: z.boolean(),
});
export type WindowState = Readonly<z.infer<typeof WINDOW_STATE>>;

export interface WindowPlace {
  readonly width: number;
  readonly height: number;
  /** Null: in the middle of the primary display. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly maximized: boolean;
}

export const LEAST_SIZE = { width: 375, height: 400 } as const;
const USUAL: WindowPlace = { width: 1000, height: 780, at: null, maximized: false };

/**
 * The place for a window that was closed as `state` says (null: never opened before), given the work
 * areas of the displays there are. It keeps to the display that it overlapped most; where that one
 * is gone it keeps its size and goes to the middle. Never smaller than `LEAST_SIZE`.
 */
export function placeWindow(
  state: WindowState | null,
  workAreas: readonly Rectangle[],
): WindowPlace {
  if (state === null) return USUAL;
  const { bounds, maximized } = state;
  const area = workAreas.toSorted((a, b) => overlap(b, bounds) - overlap(a, bounds))[0];
  if (area === undefined) return { ...USUAL, maximized };
  const width = clamp(bounds.width, LEAST_SIZE.width, area.width);
  const height = clamp(bounds.height, LEAST_SIZE.height, area.height);
  if (overlap(area, bounds) === 0) return { width, height, at: null, maximized };
  const at = {
    x: clamp(bounds.x, area.x, area.x + area.width - width),
    y: clamp(bounds.y, area.y, area.y + area.height - height),
  };
  return { width, height, at, maximized };
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** Where `least` and `most` contradict each other, `least` holds. */
function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
