import { expect, it } from "vitest";

import { gatewayError } from "../../../shared/errors";
import { firstTab } from "./row-opening";

const REFUSED = {
  kind: "refused",
  error: gatewayError("key_missing", { provider: "openai", variables: [] }),
  route: "saved",
} as const;

it("opens a row on its test when the test failed or is running", () => {
  expect(firstTab(REFUSED, false)).toBe("test");
  expect(firstTab({ kind: "running", since: 0, route: "saved" }, false)).toBe("test");
  expect(firstTab({ kind: "nothing" }, false)).toBe("settings");
});

it("opens a row on its unsaved text even when its test failed", () => {
  expect(firstTab(REFUSED, true)).toBe("settings");
});
