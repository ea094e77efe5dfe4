import { expect, it } from "vitest";

import { view } from "../../testing/sample-views";
import { PushedViews } from "./pushed-views";

const numbered = (number: number) => view({ version: { store: "one", number } });

it("passes a view on when no change is in flight", () => {
  expect(new PushedViews().receive(numbered(1))).toEqual(numbered(1));
});

it("holds views back while changes are in flight, and returns the newest after the last one", () => {
  const views = new PushedViews();
  views.changeStarts();
  views.changeStarts();
  for (const number of [2, 4, 3]) expect(views.receive(numbered(number))).toBeNull();
  expect(views.changeEnds()).toBeNull();
  expect(views.receive(numbered(5))).toBeNull();
  expect(views.changeEnds()).toEqual(numbered(5));
  expect(views.receive(numbered(6))).toEqual(numbered(6));
});

it("returns null after a change when no view arrived during it", () => {
  const views = new PushedViews();
  views.changeStarts();
  expect(views.changeEnds()).toBeNull();
});
