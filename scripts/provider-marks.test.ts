import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { LATER_PROVIDER_MARKS } from "../src/renderer/section/ui/later-provider-marks";
import { isMarkedLater, OWN_MARKS } from "../src/renderer/section/ui/provider-mark";
import { PROVIDER_MARKS } from "../src/renderer/section/ui/provider-marks";
import { BUILT_IN_PROVIDERS } from "../src/shared/providers";
import { KNOWN_SEGMENTS } from "../src/shared/segments";
import { MARKS_MODULES } from "./provider-marks";
import { ROOT } from "./runtime";

it.each(MARKS_MODULES)(
  "the logos in $file match the icon package (if not, run `npm run docs`)",
  async ({ file, text }) => {
    expect(readFileSync(join(ROOT, file), "utf8")).toBe(await text());
  },
);

it("every known provider has one logo, except two that are gateways themselves", () => {
  const marked = [...PROVIDER_MARKS.keys(), ...OWN_MARKS.keys(), ...LATER_PROVIDER_MARKS.keys()];
  expect(marked).toEqual([...new Set(marked)]);
  const names = [...BUILT_IN_PROVIDERS.map(({ id }) => id), ...KNOWN_SEGMENTS.keys()];
  const without = names.filter((name) => !marked.includes(name));
  expect(without).toEqual(["mux-gateway", "coder"]);
});

it("exactly the providers without a gateway's route load their logo later", () => {
  const ids = BUILT_IN_PROVIDERS.map(({ id }) => id);
  expect(ids.filter(isMarkedLater)).toEqual(
    [...LATER_PROVIDER_MARKS.keys()].toSorted(
      (one, other) => ids.indexOf(one) - ids.indexOf(other),
    ),
  );
});
