import { describe, expect, test } from "vitest";

import { LEAST_SIZE, placeWindow, WINDOW_STATE, type WindowState } from "./window-state";

const LAPTOP = { x: 0, y: 25, width: 1440, height: 875 };
const BESIDE = { x: 1440, y: 0, width: 2560, height: 1440 };

function closedAt(x: number, y: number, width = 800, height = 600): WindowState {
  return { version: 1, bounds: { x, y, width, height }, maximized: false };
}

describe("the place of the window", () => {
  test("is the usual one in the middle at the first start", () => {
    expect(placeWindow(null, [LAPTOP])).toMatchObject({ width: 1000, height: 780, at: null });
  });

  test("is the last one when that is on a display", () => {
    expect(placeWindow(closedAt(100, 120), [LAPTOP])).toEqual({
      width: 800,
      height: 600,
      at: { x: 100, y: 120 },
      maximized: false,
    });
  });

  test("stays on the second display while that is there", () => {
    expect(placeWindow(closedAt(2000, 300), [LAPTOP, BESIDE]).at).toEqual({ x: 2000, y: 300 });
  });

  test("is the middle, at the same size, when its display is gone", () => {
    expect(placeWindow(closedAt(2000, 300), [LAPTOP])).toMatchObject({ width: 800, at: null });
  });

  test.each([
    ["left", closedAt(-700, 100), { x: 0, y: 100 }],
    ["top", closedAt(100, -500), { x: 100, y: 25 }],
    ["right", closedAt(1400, 100), { x: 640, y: 100 }],
    ["bottom", closedAt(100, 890), { x: 100, y: 300 }],
  ])("comes back from over the %s edge", (_edge, state, at) => {
    expect(placeWindow(state, [LAPTOP]).at).toEqual(at);
  });

  test("on two displays goes to the one that shows more of it, and fits there", () => {
    expect(placeWindow(closedAt(900, 200), [LAPTOP, BESIDE]).at).toEqual({ x: 640, y: 200 });
    expect(placeWindow(closedAt(1200, 200), [LAPTOP, BESIDE]).at).toEqual({ x: 1440, y: 200 });
  });

  test("is never larger than its display, and never too small to use", () => {
    expect(placeWindow(closedAt(0, 0, 5000, 5000), [LAPTOP])).toMatchObject({
      width: LAPTOP.width,
      height: LAPTOP.height,
      at: { x: LAPTOP.x, y: LAPTOP.y },
    });
    expect(placeWindow(closedAt(50, 50, 1, 1), [LAPTOP])).toMatchObject(LEAST_SIZE);
    expect(
      placeWindow(closedAt(0, 0, 900, 900), [{ x: 0, y: 0, width: 200, height: 200 }]),
    ).toMatchObject({ ...LEAST_SIZE, at: { x: 0, y: 0 } });
  });

  test("keeps a maximized window maximized, over the place it had before", () => {
    const place = placeWindow({ ...closedAt(100, 120), maximized: true }, [LAPTOP]);
    expect(place).toMatchObject({ maximized: true, at: { x: 100, y: 120 } });
  });

  test("needs no display to be known", () => {
    expect(placeWindow(closedAt(100, 100), []).at).toBeNull();
  });
});

test.each([
  ["no object", 7],
  ["another version", { ...closedAt(0, 0), version: 2 }],
  ["no bounds", { version: 1, maximized: false }],
  ["a size of nothing", closedAt(0, 0, 0, 600)],
  ["a place that no number is", closedAt(Number.NaN, 0)],
  ["half a pixel", closedAt(0.5, 0)],
  ["a place beyond any desk", closedAt(1e12, 0)],
])("%s is no state of a window", (_what, value) => {
  expect(WINDOW_STATE.safeParse(value).success).toBe(false);
});
