/** Applies the store's changes to a text instead of a document. */
import { failure } from "../../../shared/errors";
import { success, type Result } from "../../../shared/result";
import type { FixCode } from "../../../shared/view";
import { changeDocument } from "../../jsonc/change-document";
import { parseDocument, type Document } from "../../jsonc/document";
import * as changes from "../change-provider";
import type { BlockDetails, Change } from "../edit";
import type { ChangeContext } from "../mirror-edits";
import * as mirror from "../mirror-many";
import { ProviderChange } from "../provider-change";
import { readProviders, type ReadProvider } from "../providers";

/** Changes a block without its compatibility fields. */
export function applyChange(text: string, change: Change, file: string): Result<string> {
  const { provider: id } = change;
  const plan = (document: Document): Result<ProviderChange> => {
    const members = document.root?.members.filter(({ key }) => key === id) ?? [];
    const provider = readProviders(text, members).find(({ config }) => config.id === id);
    if (!provider) return failure("provider_unknown", { provider: id });
    const made = new ProviderChange(provider);
    const planned = made.changeBlock(document, change, file);
    return planned.success ? success(made) : planned;
  };
  return changed(text, plan, file);
}

export function enableProvider(
  text: string,
  provider: ReadProvider,
  details: BlockDetails,
  context: ChangeContext,
): Result<string> {
  return changed(text, (document) => changes.planEnable(document, provider, details, context));
}

export function disableProvider(
  text: string,
  provider: ReadProvider,
  context: ChangeContext,
): Result<string> {
  return changed(text, (document) => changes.planDirect(document, provider, "disable", context));
}

export function forgetProvider(
  text: string,
  provider: ReadProvider,
  context: ChangeContext,
): Result<string> {
  return changed(text, (document) => changes.planDirect(document, provider, "forget", context));
}

export function fixProvider(
  text: string,
  provider: ReadProvider,
  fix: FixCode,
  context: ChangeContext,
): Result<string> {
  return changed(text, (document) => changes.planFix(document, provider, fix, context));
}

export function mirrorAll(
  text: string,
  providers: readonly ReadProvider[],
  context: ChangeContext,
): Result<string> {
  const document = parseDocument(text, "file");
  return document.success ? textOf(mirror.mirrorAll(document.data, providers, context)) : document;
}

function changed(
  text: string,
  plan: (document: Document) => Result<ProviderChange>,
  file = "file",
): Result<string> {
  const document = parseDocument(text, file);
  if (!document.success) return document;
  const planned = plan(document.data);
  return planned.success
    ? textOf(changeDocument(document.data, [planned.data.finished()], file))
    : planned;
}

function textOf(document: Result<Document>): Result<string> {
  return document.success ? success(document.data.text) : document;
}
