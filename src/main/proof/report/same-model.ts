/** Decides whether two names are one model's, as a provider and a user spell them. */

/** What a provider appends to a name that stays the same model: a date, or the name of a channel. */
const SUFFIX = /-(?:\d{4}-\d{2}-\d{2}|\d{8}|latest|preview)$/;

/**
 * Whether the model that answered is the one that was asked for. Only a vendor's prefix (`openai/`,
 * `models/`) and a date, `-latest` or `-preview` at the end make no difference; a shorter name is
 * another model.
 */
export function isSameModel(answered: string, asked: string): boolean {
  return bareName(answered) === bareName(asked);
}

function bareName(name: string): string {
  let bare = name.slice(name.lastIndexOf("/") + 1);
  // A name can have both: "gpt-4o-audio-preview-2024-12-17".
  while (SUFFIX.test(bare)) bare = bare.replace(SUFFIX, "");
  return bare;
}
