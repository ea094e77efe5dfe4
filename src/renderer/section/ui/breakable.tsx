/** A text whose long addresses break after their dots and slashes, rather than anywhere. */
import { Fragment } from "react";

/** A text up to a dot or a slash in the middle of a word, or up to its end. */
const PART = /.+?(?:[./](?=[^\s/])|$)/gsu;

export function Breakable(props: { readonly text: string }) {
  return [...props.text.matchAll(PART)].map(({ 0: part, index }) => (
    <Fragment key={index}>
      {index === 0 ? null : <wbr />}
      {part}
    </Fragment>
  ));
}
