/** The columns of a wide page: the list at the left, and the open row's content at the right. */
import { useCallback, useContext, useEffect, useRef, type ReactNode } from "react";

import { words } from "../words/words";
import { OpenRowsContext, WIDE_FROM } from "./open-rows";

export function ListAndPane(props: { readonly children: ReactNode }) {
  const rows = useContext(OpenRowsContext);
  const setPlace = useCallback((place: HTMLElement | null) => rows.setPlace(place), [rows]);
  const columns = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = columns;
    if (current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) rows.setWide(entry.contentRect.width >= WIDE_FROM);
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, [rows]);
  return (
    <div className="cfgw-columns" ref={columns}>
      <div className="cfgw-column">{props.children}</div>
      <aside className="cfgw-pane" aria-label={words.row.pane}>
        <div className="cfgw-pane-content" ref={setPlace} />
        <p className="cfgw-pane-hint cfgw-quiet">{words.row.paneHint}</p>
      </aside>
    </div>
  );
}
