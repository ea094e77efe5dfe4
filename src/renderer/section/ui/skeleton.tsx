/** A placeholder for the list while it loads, as high as the rows that replace it. */
import type { ReactNode } from "react";

import { words } from "../words/words";

const ROWS = ["1", "2", "3", "4", "5", "6", "7"];

/** `note` is visible in the place of the status. Without it, only screen readers hear what is loading. */
export function Skeleton(props: { readonly note?: string; readonly children?: ReactNode }) {
  const { note } = props;
  return (
    <div aria-busy="true">
      {note === undefined ? <p className="cfgw-hidden">{words.section.loading}</p> : null}
      <div className="cfgw-strip cfgw-waiting" aria-hidden={note === undefined}>
        {note === undefined ? null : (
          <div className="cfgw-strip-line">
            <span className="cfgw-dot" aria-hidden="true" />
            <p className="cfgw-strip-text" role="status">
              {note}
            </p>
          </div>
        )}
      </div>
      {props.children}
      <div className="cfgw-list cfgw-waiting-list" aria-hidden="true">
        {ROWS.map((row) => (
          <div key={row} className="cfgw-card cfgw-waiting" />
        ))}
      </div>
    </div>
  );
}
