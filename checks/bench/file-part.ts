/** Runs a part that measures file operations. Bundled before it starts. */
import { FILE_PARTS } from "./file-parts";
import { runNamedPart } from "./part-process";

runNamedPart(FILE_PARTS);
