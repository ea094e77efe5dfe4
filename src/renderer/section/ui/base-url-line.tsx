/** The base URL of the requests, updated while the user fills in the form. */
import { CopyButton } from "./copy-button";
import { words } from "../words/words";

export function BaseUrlLine(props: {
  readonly label: string;
  readonly url: string | null;
  /** Shown in place of the URL while it is unknown. */
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
            <OneLine url={props.url} />
            <CopyButton text={props.url} what={words.copy.baseUrl} />
          </>
        )}
      </div>
    </div>
  );
}

/** Shortened in the middle when it is too long, because both ends tell URLs apart. */
function OneLine({ url }: { readonly url: string }) {
  const [start, end] = parted(url);
  return (
    <code className="cfgw-code cfgw-one-line" title={url}>
      <span>{start}</span>
      <span>{end}</span>
    </code>
  );
}

const LONGEST_END = 44;

/** The end starts at a slash, and has as many parts of the path as fit. */
function parted(url: string): readonly [string, string] {
  const slashes = [...url.matchAll(/(?<=[^/:])\/(?=[^/])/gu)].map(({ index }) => index);
  const at = slashes.find((index) => url.length - index <= LONGEST_END) ?? url.length;
  return [url.slice(0, at), url.slice(at)];
}
