/** Opens providers.jsonc in the user's editor, and says so when that fails. */
import { useOpenFile } from "../data/queries";
import { useFeedback } from "../ui/feedback";

/** Returns a function that never rejects. */
export function useFileOpening(): () => void {
  const open = useOpenFile();
  const { changed } = useFeedback();
  const openNow = async () => {
    const answer = await open();
    // Nothing changed, so there is nothing to undo.
    if (!answer.success) changed(answer.error.message, { steps: 0 });
  };
  return () => {
    void openNow();
  };
}
