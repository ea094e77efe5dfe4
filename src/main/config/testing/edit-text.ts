/** Applies the store's changes to a text instead of a document. */
import { failure } from "../../../shared/errors";
import { success, type Result } from "../../../shared/result";
import { changeDocument } from "../../jsonc/change-document";
import { parseDocument, type Document } from "../../jsonc/document";
import * as changes from "../change-provider";
import type { Change } from "../edit";
import * as mirror from "../mirror-many";
import { ProviderChange } from "../provider-change";
import { readProviders, type ReadProvider } from "../providers";

/** Changes a block without its compatibility fields. */
export function applyChange(text: string, change: Change, file: string): Result<string> {
  const document = parseDocument(text, file);
  if (!document.success) return document;
  const members = document.data.root?.members.filter(({ key }) => key === change.provider) ?? [];
  const provider = readProviders(text, members).find(({ config }) => config.id === change.provider);
  if (!provider) return failure("provider_unknown", { provider: change.provider });
  const made = new ProviderChange(provider);
  const planned = made.changeBlock(document.data, change, file);
  return planned.success ? textOf(changeDocument(document.data, [made.finished()], file)) : planned;
}

export const enableProvider = ofText(changes.enableProvider);
export const disableProvider = ofText(changes.disableProvider);
export const forgetProvider = ofText(changes.forgetProvider);
export const fixProvider = ofText(changes.fixProvider);
export const mirrorAll = ofText(mirror.mirrorAll);

function ofText<
  Subject extends ReadProvider | readonly ReadProvider[],
  More extends readonly unknown[],
>(change: (document: Document, subject: Subject, ...more: More) => Result<Document>) {
  return (text: string, subject: Subject, ...more: More): Result<string> => {
    const document = parseDocument(text, "file");
    return document.success ? textOf(change(document.data, subject, ...more)) : document;
  };
}

function textOf(document: Result<Document>): Result<string> {
  return document.success ? success(document.data.text) : document;
}
