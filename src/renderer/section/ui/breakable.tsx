/** A text whose long URLs wrap after dots and slashes instead of anywhere. */
import { Fragment } from "react";

/** Matches up to a dot or a slash inside a word, or up to the end of the text. */
const PART = /.+?(?:[./](?=[^\s/])|$)/gsu;

export function Breakable(props: { readonly text: string }) {
  return [...props.text.matchAll(PART)].map(({ 0: part, index }) => (
    <Fragment key={index}>
      {index === 0 ? null : <wbr />}
      {part}
    </Fragment>
  ));
}
