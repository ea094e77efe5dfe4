/** Compares two names of a model, as a provider and a user write them. */

/** Suffixes that do not change the model: a date or a release channel. */
const SUFFIX = /-(?:\d{4}-\d{2}-\d{2}|\d{8}|latest|preview)$/;

/**
 * Whether the responding model is the requested one. Ignores only a vendor's prefix (`openai/`,
 * `models/`) and a trailing date, `-latest` or `-preview`; a shorter name is another model.
 */
export function isSameModel(responding: string, requested: string): boolean {
  return bareName(responding) === bareName(requested);
}

function bareName(name: string): string {
  let bare = name.slice(name.lastIndexOf("/") + 1);
  // A name can have two suffixes: "gpt-4o-audio-preview-2024-12-17".
  while (SUFFIX.test(bare)) bare = bare.replace(SUFFIX, "");
  return bare;
}
