import { describe, expect, test } from "vitest";

import { MIN_SIZE, placeWindow, WINDOW_STATE, type WindowState } from "./window-state";

const LAPTOP = { x: 0, y: 25, width: 1440, height: 875 };
const BESIDE = { x: 1440, y: 0, width: 2560, height: 1440 };

function closedAt(x: number, y: number, width = 800, height = 600): WindowState {
  return { version: 1, bounds: { x, y, width, height }, maximized: false };
}

describe("the placement of the window", () => {
  test("is the default one at the first start", () => {
    expect(placeWindow(null, [LAPTOP])).toMatchObject({ width: 1000, height: 780, at: null });
  });

  test("is the last one when it is on a display", () => {
    expect(placeWindow(closedAt(100, 120), [LAPTOP])).toEqual({
      width: 800,
      height: 600,
      at: { x: 100, y: 120 },
      maximized: false,
    });
  });

  test("stays on the second display when that is connected", () => {
    expect(placeWindow(closedAt(2000, 300), [LAPTOP, BESIDE]).at).toEqual({ x: 2000, y: 300 });
  });

  test("is centred at the same size when its display is gone", () => {
    expect(placeWindow(closedAt(2000, 300), [LAPTOP])).toMatchObject({ width: 800, at: null });
  });

  test.each([
    ["left", closedAt(-700, 100), { x: 0, y: 100 }],
    ["top", closedAt(100, -500), { x: 100, y: 25 }],
    ["right", closedAt(1400, 100), { x: 640, y: 100 }],
    ["bottom", closedAt(100, 890), { x: 100, y: 300 }],
  ])("moves back inside when it is over the %s edge", (_edge, state, at) => {
    expect(placeWindow(state, [LAPTOP]).at).toEqual(at);
  });

  test("fits into the display that shows more of it when it spans two", () => {
    expect(placeWindow(closedAt(900, 200), [LAPTOP, BESIDE]).at).toEqual({ x: 640, y: 200 });
    expect(placeWindow(closedAt(1200, 200), [LAPTOP, BESIDE]).at).toEqual({ x: 1440, y: 200 });
  });

  test("is limited to the size of its display and to the minimum size", () => {
    expect(placeWindow(closedAt(0, 0, 5000, 5000), [LAPTOP])).toMatchObject({
      width: LAPTOP.width,
      height: LAPTOP.height,
      at: { x: LAPTOP.x, y: LAPTOP.y },
    });
    expect(placeWindow(closedAt(50, 50, 1, 1), [LAPTOP])).toMatchObject(MIN_SIZE);
    expect(
      placeWindow(closedAt(0, 0, 900, 900), [{ x: 0, y: 0, width: 200, height: 200 }]),
    ).toMatchObject({ ...MIN_SIZE, at: { x: 0, y: 0 } });
  });

  test("keeps a maximized window maximized and its earlier place", () => {
    const place = placeWindow({ ...closedAt(100, 120), maximized: true }, [LAPTOP]);
    expect(place).toMatchObject({ maximized: true, at: { x: 100, y: 120 } });
  });

  test("works when no display is known", () => {
    expect(placeWindow(closedAt(100, 100), []).at).toBeNull();
  });
});

test.each([
  ["no object", 7],
  ["another version", { ...closedAt(0, 0), version: 2 }],
  ["no bounds", { version: 1, maximized: false }],
  ["an empty size", closedAt(0, 0, 0, 600)],
  ["a position that is not a number", closedAt(Number.NaN, 0)],
  ["a fractional position", closedAt(0.5, 0)],
  ["a position out of range", closedAt(1e12, 0)],
])("rejects %s", async (_what, value) => {
  expect((await WINDOW_STATE()).safeParse(value).success).toBe(false);
});
