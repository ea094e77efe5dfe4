/** Changes a document by a plan and verifies the result. */
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { parseDocument, type Document } from "./document";
import { applyChanges } from "./edit";
import type { MemberChange } from "./plan";
import { differsAsAsked } from "./verify";

/**
 * The changed document, or the same object if nothing changes. `changes` has one entry per key. The
 * new text has been parsed, and differs from the old one exactly as asked. Otherwise, or if an object
 * on a path is missing, fails with `edit_refused`. `file` is named in the error.
 */
export function changeDocument(
  document: Document,
  changes: readonly MemberChange[],
  file: string,
): Result<Document> {
  const made = changes.filter(({ edits, isRemoved }) => isRemoved || edits.length > 0);
  const text = applyChanges(document, made);
  if (text === document.text) return success(document);
  const after = text === null ? null : parseDocument(text, file);
  return after?.success && differsAsAsked(document, after.data, made)
    ? after
    : failure("edit_refused", { file });
}
