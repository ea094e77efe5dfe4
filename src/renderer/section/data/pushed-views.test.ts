import { expect, it } from "vitest";

import { view } from "../../testing/sample-views";
import { PushedViews } from "./pushed-views";

const numbered = (number: number) => view({ version: { store: "one", number } });

it("passes a view on when no change is on its way", () => {
  expect(new PushedViews().receive(numbered(1))).toEqual(numbered(1));
});

it("holds views back while changes are on their way, and gives the newest after the last", () => {
  const views = new PushedViews();
  views.changeStarts();
  views.changeStarts();
  for (const number of [2, 4, 3]) expect(views.receive(numbered(number))).toBeNull();
  expect(views.changeEnds()).toBeNull();
  expect(views.receive(numbered(5))).toBeNull();
  expect(views.changeEnds()).toEqual(numbered(5));
  expect(views.receive(numbered(6))).toEqual(numbered(6));
});

it("gives no view when none arrived during a change", () => {
  const views = new PushedViews();
  views.changeStarts();
  expect(views.changeEnds()).toBeNull();
});
