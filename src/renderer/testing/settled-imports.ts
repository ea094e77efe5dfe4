/** Waits after each test file for the parts of the page that still load, which would fail without a page. */
import { afterAll, vi } from "vitest";

afterAll(async () => {
  if (typeof document !== "undefined") await vi.dynamicImportSettled();
});
