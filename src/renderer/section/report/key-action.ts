/** The action that leads to a provider's key, which the panel itself never edits. */
import { useContext } from "react";

import type { ProviderView } from "../../../shared/view";
import { HostActionsContext } from "../data/host-actions";
import { useCanOpenFile, useOpenFile } from "../data/queries";
import { useFeedback } from "../ui/feedback";
import { reportTexts } from "../words/report-texts";

/** The label and the handler of a button. */
export interface FixAction {
  readonly label: string;
  readonly act: () => void;
}

/** Null if the key is outside the file and the host has no page for it. */
export function useKeyAction(provider: ProviderView): FixAction | null {
  const { onEditKey } = useContext(HostActionsContext);
  const canOpen = useCanOpenFile();
  const open = useOpenFile();
  const { changed } = useFeedback();
  const openFile = async () => {
    const answer = await open();
    // Nothing changed, so there is nothing to undo.
    if (!answer.success) changed(answer.error.message, { steps: 0 });
  };
  const { fix } = reportTexts;
  if (onEditKey !== undefined) return { label: fix.keyInApp, act: () => onEditKey(provider.id) };
  const isInFile = provider.keySource === "file" || provider.keySource === "none";
  if (!canOpen || !isInFile) return null;
  return { label: fix.keyInFile, act: () => void openFile() };
}
