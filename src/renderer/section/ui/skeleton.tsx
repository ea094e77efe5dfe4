/** A placeholder for the list while it loads, as high as the rows that replace it. */
import { words } from "../words/words";

const ROWS = ["1", "2", "3", "4", "5", "6", "7"];

export function Skeleton() {
  return (
    <div aria-busy="true">
      <p className="cfgw-hidden">{words.section.loading}</p>
      <div className="cfgw-strip cfgw-waiting" aria-hidden="true" />
      <div className="cfgw-list" aria-hidden="true">
        {ROWS.map((row) => (
          <div key={row} className="cfgw-card cfgw-waiting" />
        ))}
      </div>
    </div>
  );
}
