/** The help dialog with the guide or the keyboard shortcuts. It is loaded when first opened. */
import { assertNever } from "../../../shared/assert-never";
import { Dialog } from "../ui/dialog";
import { Guide } from "./guide";
import { ShortcutList } from "./shortcut-list";
import { words } from "../words/words";

export type HelpPage = "guide" | "keys";

export function HelpDialog(props: { readonly page: HelpPage; readonly onClose: () => void }) {
  const onOpenChange = (open: boolean) => {
    if (!open) props.onClose();
  };
  switch (props.page) {
    case "guide":
      return (
        <Dialog open onOpenChange={onOpenChange} title={words.guide.title} wide>
          <Guide />
        </Dialog>
      );
    case "keys":
      return (
        <Dialog open onOpenChange={onOpenChange} title={words.help.title}>
          <ShortcutList />
        </Dialog>
      );
    default:
      return assertNever(props.page);
  }
}
