/** The section looks as in the pictures that are kept; `npm run gallery -- --update` takes new ones. */
import { expect } from "@playwright/test";

import { stateOf, test } from "./fixture";
import { pictureName } from "./index-page";
import { openState, showAt, withPage, type Theme } from "./shot";

/** States without anything that moves or counts: one of each kind of thing that the section shows. */
const STATES = [
  "first-start",
  "some-routed",
  "form-wrong",
  "conflict",
  "remembered",
  "verdict-gateway",
  "culprit-provider",
  "long-texts",
] as const;

const LOOKS: readonly { readonly theme: Theme; readonly width: number }[] = [
  { theme: "dark", width: 812 },
  { theme: "light", width: 375 },
];

for (const id of STATES) {
  for (const { theme, width } of LOOKS) {
    const name = pictureName(id, theme, width);
    test(`${name} is as it was`, async ({ gallery }) => {
      await withPage(gallery.browser, gallery.folder, async (page) => {
        await openState(page, stateOf(id), theme);
        await showAt(page, width);
        // As high as a window: what is below it is of the same kinds. In a list, a name keeps its dots.
        await expect(page).toHaveScreenshot([name]);
      });
    });
  }
}
