/**
 * Compares two pictures as an eye does that stands a step back: by the mean colour of small squares.
 * How letters are smoothed changes with the browser and moves such a mean a little; a thing that is
 * missing, moved or of another colour moves it a lot.
 */
import { PNG } from "pngjs";

/** Pixels along the side of a square. */
const SIDE = 8;

export interface Difference {
  /** Squares whose means are further apart than the tolerance, in any of red, green and blue. */
  readonly squares: number;
  /** The largest distance of two means, 0 to 255. */
  readonly worst: number;
  /** Where the worst square is, in pixels from the left and the top. */
  readonly at: { readonly x: number; readonly y: number };
}

/** `tolerance`: 0 to 255. A string says why the two cannot be compared at all. */
export function comparePictures(a: Buffer, b: Buffer, tolerance: number): Difference | string {
  const one = PNG.sync.read(a);
  const other = PNG.sync.read(b);
  if (one.width !== other.width || one.height !== other.height) {
    return `${one.width} × ${one.height} is not ${other.width} × ${other.height}`;
  }
  let squares = 0;
  let worst = 0;
  let at = { x: 0, y: 0 };
  for (let y = 0; y < one.height; y += SIDE) {
    for (let x = 0; x < one.width; x += SIDE) {
      const distance = distanceAt(one, other, x, y);
      if (distance > tolerance) squares += 1;
      if (distance > worst) {
        worst = distance;
        at = { x, y };
      }
    }
  }
  return { squares, worst: Math.round(worst), at };
}

/** Of the means of the squares that begin there, in the colour in which they differ most. */
function distanceAt(one: PNG, other: PNG, x: number, y: number): number {
  const [first, second] = [meanAt(one, x, y), meanAt(other, x, y)];
  return Math.max(...first.map((value, channel) => Math.abs(value - (second[channel] ?? 0))));
}

function meanAt({ data, width, height }: PNG, left: number, top: number): readonly number[] {
  const sums = [0, 0, 0];
  const right = Math.min(left + SIDE, width);
  const bottom = Math.min(top + SIDE, height);
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      for (const channel of [0, 1, 2]) {
        sums[channel] = (sums[channel] ?? 0) + (data[4 * (y * width + x) + channel] ?? 0);
      }
    }
  }
  return sums.map((sum) => sum / ((right - left) * (bottom - top)));
}
