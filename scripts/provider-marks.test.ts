import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { PROVIDER_MARKS } from "../src/renderer/section/ui/provider-marks";
import { BUILT_IN_PROVIDERS } from "../src/shared/providers";
import { KNOWN_SEGMENTS } from "../src/shared/segments";
import { MARKS_FILE, providerMarksModule } from "./provider-marks";
import { ROOT } from "./runtime";

it("the generated logos match the icon package (if not, run `npm run docs`)", async () => {
  expect(readFileSync(join(ROOT, MARKS_FILE), "utf8")).toBe(await providerMarksModule());
});

it("every known provider has a logo, except two that are gateways themselves", () => {
  const names = [...BUILT_IN_PROVIDERS.map(({ id }) => id), ...KNOWN_SEGMENTS.keys()];
  const without = names.filter((name) => !PROVIDER_MARKS.has(name));
  expect(without).toEqual(["mux-gateway", "coder"]);
});
