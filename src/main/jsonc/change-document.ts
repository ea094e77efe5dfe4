/** Document + plan → document, applied and verified. */
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { parseDocument, type Document } from "./document";
import { applyPlan } from "./edit";
import type { Edit } from "./plan";
import { differsAsAsked, type Asked } from "./verify";

/**
 * The document after a plan; the very same when the plan changes nothing. Its text has been parsed
 * again and differs from the old one by what was asked alone (`edit_refused` otherwise, and when an
 * object that a path leads through is not there). `file` names it in the error.
 */
export function changeDocument(
  document: Document,
  plan: readonly Edit[],
  asked: ReadonlyMap<string, Asked>,
  file: string,
): Result<Document> {
  const text = applyPlan(document, plan);
  if (text === document.text) return success(document);
  const after = text === null ? null : parseDocument(text, file);
  return after?.success && differsAsAsked(document, after.data, asked)
    ? after
    : failure("edit_refused", { file });
}
