/** The parts of the benchmark, which run independently. */
import { measureCold } from "./cold";
import { measureMemory } from "./file-memory";
import { FILE_PARTS } from "./file-parts";
import { measureSize } from "./size";
import type { Row } from "./table";
import { measureStart } from "./start";
import { measureTest } from "./test";
import { measureUi } from "./ui";
import { measureCommits } from "./ui-commits";
import { measureRouteAll } from "./ui-many";
import { measurePaint } from "./ui-paint";

export const PARTS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  ...FILE_PARTS,
  "file-memory": measureMemory,
  cold: measureCold,
  start: measureStart,
  test: measureTest,
  size: measureSize,
  "ui-12": () => measureUi(12),
  "ui-100": () => measureUi(100),
  "ui-500": () => measureUi(500),
  "paint-12": () => measurePaint(12, 60),
  "paint-100": () => measurePaint(100, 90),
  "paint-500": () => measurePaint(500, 115),
  "route-100": () => measureRouteAll(100),
  "route-500": () => measureRouteAll(500),
  "commits-12": () => measureCommits(12),
  "commits-500": () => measureCommits(500),
};

const SHAPES = ["file-duplicates", "file-comments", "file-providers", "file-mirror"];

const PAINTS = ["paint-12", "paint-100", "paint-500"];

const ROUTES = ["route-100", "route-500"];

/** Groups of parts that the command line accepts besides the names of parts. */
export const SUITES: Readonly<Record<string, readonly string[]>> = {
  file: ["file-speed", "file-call", ...SHAPES, "file-save", "file-memory", "file-many"],
  "file-shapes": SHAPES,
  ui: ["size", "ui-12", "ui-100", "ui-500", ...PAINTS, ...ROUTES, "commits-12", "commits-500"],
};
