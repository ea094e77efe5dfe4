/** The address that requests are given as their base, live while the form is being filled in. */
import { Breakable } from "./breakable";
import { CopyButton } from "./copy-button";
import { words } from "../words/words";

export function BaseUrlLine(props: {
  readonly label: string;
  readonly url: string | null;
  /** Said instead, while there is no address. */
  readonly otherwise: string;
}) {
  return (
    <div className="cfgw-field">
      <span className="cfgw-label">{props.label}</span>
      <div className="cfgw-url">
        {props.url === null ? (
          <span className="cfgw-hint">{props.otherwise}</span>
        ) : (
          <>
            <code className="cfgw-code">
              <Breakable text={props.url} />
            </code>
            <CopyButton text={props.url} what={words.copy.baseUrl} />
          </>
        )}
      </div>
    </div>
  );
}
