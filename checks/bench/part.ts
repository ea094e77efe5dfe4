/** Runs a part from its sources. */
import { runNamedPart } from "./part-process";
import { PARTS } from "./parts";

runNamedPart(PARTS);
