// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";

import { OpenRows } from "./open-rows";

function opened() {
  const told: string[] = [];
  const rows = new OpenRows((provider, open) => told.push(`${open ? "+" : "-"}${provider}`));
  return { rows, told };
}

const PLACE = document.createElement("div");

describe("the open rows", () => {
  it("are several below each other, each on its own tab", () => {
    const { rows, told } = opened();
    rows.open("a", "test");
    rows.open("b", "settings");
    rows.open("a", "settings");
    expect([rows.tabOf("a"), rows.tabOf("b"), rows.tabOf("c")]).toEqual([
      "settings",
      "settings",
      null,
    ]);
    rows.close("b");
    rows.close("b");
    expect(told).toEqual(["+a", "+b", "-b"]);
    expect(rows.placeOf("a")).toBeNull();
  });

  it("are only the last opened one when there is room for a place beside the list", () => {
    const { rows, told } = opened();
    rows.setPlace(PLACE);
    for (const row of ["a", "b"]) rows.open(row, "test");
    rows.open("a", "settings");
    expect(rows.placeOf("a")).toBeNull();
    rows.setWide(true);
    expect([rows.tabOf("a"), rows.tabOf("b")]).toEqual(["settings", null]);
    expect(rows.placeOf("a")).toBe(PLACE);
    expect(rows.placeOf("b")).toBeNull();
    rows.open("b", "test");
    expect(told).toEqual(["+a", "+b", "-b", "-a", "+b"]);
    expect([rows.isReplaced("a"), rows.isReplaced("b")]).toEqual([true, false]);
    rows.setWide(false);
    expect(rows.placeOf("b")).toBeNull();
    expect(rows.tabOf("b")).toBe("test");
  });

  it("are not replaced by another row when the user closes them or opens them again", () => {
    const { rows } = opened();
    rows.setPlace(PLACE);
    rows.setWide(true);
    for (const row of ["a", "b", "a"]) rows.open(row, "settings");
    expect([rows.isReplaced("a"), rows.isReplaced("b")]).toEqual([false, true]);
    rows.close("a");
    expect(rows.isReplaced("a")).toBe(false);
  });

  it("tell their listeners only when something changes", () => {
    const { rows } = opened();
    let calls = 0;
    const remove = rows.subscribe(() => (calls += 1));
    rows.open("a", "test");
    rows.open("a", "test");
    rows.close("b");
    rows.close("a");
    rows.setWide(true);
    expect(calls).toBe(2);
    remove();
    rows.open("a", "test");
    expect(calls).toBe(2);
  });
});
