/** Writes or removes the mirrors of any number of providers in one write. */
import { isSameGateway, type DomainKey } from "../../shared/gateways";
import type { Result } from "../../shared/result";
import { changeDocument } from "../jsonc/change-document";
import type { Document } from "../jsonc/document";
import type { Edit } from "../jsonc/plan";
import { removeMirror } from "../mirror/mirror";
import { gatewayKey } from "./gateways";
import { hasTwoOfOneKind, mirrorEdits, type ChangeContext } from "./mirror-edits";
import { ProviderChange } from "./provider-change";
import type { ReadProvider } from "./providers";

/** Writes the mirror of every block that is on, or takes every mirror and token header away. */
export function mirrorAll(
  document: Document,
  providers: readonly ReadProvider[],
  context: ChangeContext,
): Result<Document> {
  return editEach(document, providers, context, (provider) => {
    const { entry } = provider;
    return context.mirror || entry === null || hasTwoOfOneKind(provider)
      ? mirrorEdits(provider, context)
      : removeMirror(entry, { claim: false });
  });
}

/** Makes the mirrors of a gateway match its blocks, after its custom domain was confirmed. */
export function mirrorDomain(
  document: Document,
  providers: readonly ReadProvider[],
  domain: DomainKey,
  context: ChangeContext,
): Result<Document> {
  const users = usersOf(domain, providers);
  return editEach(document, users, context, (provider) => mirrorEdits(provider, context));
}

function editEach(
  document: Document,
  providers: readonly ReadProvider[],
  { file }: ChangeContext,
  editsOf: (provider: ReadProvider) => readonly Edit[],
): Result<Document> {
  const changes = providers.flatMap((provider) => {
    const change = new ProviderChange(provider);
    change.edit(editsOf(provider));
    return change.isEmpty ? [] : [change.finished()];
  });
  return changeDocument(document, changes, file);
}

/** The providers whose block names the gateway. */
export function usersOf(
  domain: DomainKey,
  providers: readonly ReadProvider[],
): readonly ReadProvider[] {
  return providers.filter(({ shown }) => shown && isSameGateway(gatewayKey(shown), domain));
}
