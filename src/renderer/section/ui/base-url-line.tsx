/** The base URL of the requests, updated while the user fills in the form. */
import { Breakable } from "./breakable";
import { CopyButton } from "./copy-button";
import { words } from "../words/words";

export function BaseUrlLine(props: {
  readonly label: string;
  readonly url: string | null;
  /** Shown instead while there is no URL. */
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
