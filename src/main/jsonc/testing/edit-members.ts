/** Edits of members of the root's members, from text to text, applied and verified. */
import type { Result } from "../../../shared/result";
import { changeDocument } from "../change-document";
import { parseDocument, type Document } from "../document";
import { within, type Edit } from "../plan";
import { afterEdits, type Asked } from "../verify";

export interface MembersEdits {
  readonly of: string;
  readonly edits: readonly Edit[];
}

export function editMembers(text: string, asked: readonly MembersEdits[]): Result<Document> {
  const document = parseDocument(text, "file");
  if (!document.success) return document;
  const plan = asked.flatMap(({ of, edits }) => within(of, edits));
  const wanted = new Map(
    asked.map(({ of, edits }): [string, Asked] => [of, (members) => afterEdits(members, edits)]),
  );
  return changeDocument(document.data, plan, wanted, "file");
}
