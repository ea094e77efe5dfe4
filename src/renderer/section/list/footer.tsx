/** The end of the page: where everything is stored. */
import type { ProvidersView } from "../../../shared/view";
import { words } from "../words/words";
import { useFileOpening } from "./open-file";

export function Footer(props: {
  readonly view: Pick<ProvidersView, "file" | "shownFile" | "canOpenFile" | "exists">;
}) {
  const { file, shownFile, canOpenFile, exists } = props.view;
  const open = useFileOpening();
  return (
    <footer className="cfgw-footer">
      {words.footer.stored}{" "}
      {canOpenFile && exists ? (
        <button
          type="button"
          className="cfgw-text-button cfgw-code"
          title={words.footer.open(file)}
          onClick={open}
        >
          {shownFile}
        </button>
      ) : (
        <code className="cfgw-code" title={file}>
          {shownFile}
        </code>
      )}
    </footer>
  );
}
