import { describe, expect, it } from "vitest";

import { dayAndTimeOf, moneyOf, periodOf, roughCountOf, shareOf } from "./account-figures";

describe("figures from Cloudflare", () => {
  it.each([
    [0, "$0.00"],
    [0.00003, "$0.00003"],
    [0.0041, "$0.0041"],
    [4.1203, "$4.12"],
    [1234.5, "$1,234.50"],
  ])("shows %d dollars as %s", (dollars, text) => {
    expect(moneyOf(dollars)).toBe(text);
  });

  it.each([
    [60, "1 min"],
    [90, "90 s"],
    [3600, "1 h"],
    [7200, "2 h"],
    [86_400, "1 day"],
    [604_800, "7 days"],
  ])("shows a period of %d seconds as %s", (seconds, text) => {
    expect(periodOf(seconds)).toBe(text);
  });

  it("never rounds a failure down to zero", () => {
    expect(shareOf(1, 1000)).toBe("<1%");
    expect(shareOf(0, 0)).toBe("0%");
    expect(shareOf(37, 1204)).toBe("3%");
  });

  it("shortens only large counts", () => {
    expect(roughCountOf(99_999)).toBe("99,999");
    expect(roughCountOf(1_204_512)).toBe("1.2M");
  });

  it("shows nothing for an invalid time", () => {
    expect(dayAndTimeOf("soon")).toBe("");
  });
});
