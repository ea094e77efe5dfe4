/** Edits of single members of members of the root. */
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { changeDocument } from "./change-document";
import { parseDocument, placeOf } from "./document";
import { within, type Edit, type Path } from "./plan";
import { afterEdits, type Asked } from "./verify";

export type MemberPath = Path;
export type MemberEdit = Edit;

export interface ProviderEdits {
  readonly provider: string;
  /** Carried out in this order. */
  readonly edits: readonly MemberEdit[];
}

export function editMembers(
  text: string,
  asked: readonly ProviderEdits[],
  file: string,
): Result<string> {
  if (asked.every(({ edits }) => edits.length === 0)) return success(text);
  const document = parseDocument(text, file);
  if (!document.success) return document;
  const { root } = document.data;
  for (const { provider } of asked) {
    const member = root?.members.findLast(({ key }) => key === provider);
    if (!member) return failure("provider_unknown", { provider });
    if (member.kind !== "object") {
      return failure("provider_not_object", { provider, file, ...placeOf(text, member.start) });
    }
  }
  const plan = asked.flatMap(({ provider, edits }) => within(provider, edits));
  const wanted = new Map(
    asked.map(({ provider, edits }): [string, Asked] => [provider, (m) => afterEdits(m, edits)]),
  );
  const after = changeDocument(document.data, plan, wanted, file);
  return after.success ? success(after.data.text) : after;
}
