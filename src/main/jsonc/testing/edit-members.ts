/** Applies edits of providers to a text and verifies them. */
import type { Result } from "../../../shared/result";
import { changeDocument } from "../change-document";
import { parseDocument, type Document } from "../document";
import type { Edit, MemberChange } from "../plan";
import { afterEdits } from "../wanted";

export interface MembersEdits {
  readonly of: string;
  readonly edits: readonly Edit[];
}

export function editMembers(text: string, asked: readonly MembersEdits[]): Result<Document> {
  const document = parseDocument(text, "file");
  if (!document.success) return document;
  const changes = asked.map(({ of, edits }): MemberChange => {
    return { key: of, edits, isRemoved: false, asked: (members) => afterEdits(members, edits) };
  });
  return changeDocument(document.data, changes, "file");
}
