/** Places the window: entirely on an existing display, and never too small. */
import { lightFormat, membersOf } from "../disk/light-format";

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The content of `window.json`, in Electron's density-independent pixels. */
export interface WindowState {
  readonly version: 1;
  readonly bounds: Rectangle;
  readonly maximized: boolean;
}

export const WINDOW_STATE = lightFormat<WindowState>(({ version, bounds, maximized }) => {
  const { x, y, width, height } = membersOf(bounds);
  return version === 1 &&
    typeof maximized === "boolean" &&
    isWithin(x, -MOST) &&
    isWithin(y, -MOST) &&
    isWithin(width, 1) &&
    isWithin(height, 1)
    ? { version, bounds: { x, y, width, height }, maximized }
    : null;
});

/** In pixels, for a position or a length. */
const MOST = 1_000_000;

function isWithin(value: unknown, least: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= MOST;
}

export interface WindowPlace {
  readonly width: number;
  readonly height: number;
  /** Null: centred on the primary display. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly maximized: boolean;
}

export const MIN_SIZE = { width: 375, height: 400 } as const;
const DEFAULT_PLACE: WindowPlace = { width: 1000, height: 780, at: null, maximized: false };

/**
 * Returns the place for a window with the saved `state` (null: first start) on displays with these
 * work areas. The window stays on the display that it overlapped most. If that display is gone, the
 * window keeps its size and is centred. It is never smaller than `MIN_SIZE`.
 */
export function placeWindow(
  state: WindowState | null,
  workAreas: readonly Rectangle[],
): WindowPlace {
  if (state === null) return DEFAULT_PLACE;
  const { bounds, maximized } = state;
  const area = workAreas.toSorted((a, b) => overlap(b, bounds) - overlap(a, bounds))[0];
  if (area === undefined) return { ...DEFAULT_PLACE, maximized };
  const width = clamp(bounds.width, MIN_SIZE.width, area.width);
  const height = clamp(bounds.height, MIN_SIZE.height, area.height);
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

/** When `min` is greater than `max`, returns `min`. */
function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(value, max));
}
