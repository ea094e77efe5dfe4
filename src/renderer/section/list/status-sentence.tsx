/** The text of the status strip: what is used, and a link to each row that needs attention. */
import type { ReactNode } from "react";

import { agoOf } from "../words/report-words";
import { useCurrentMinute } from "../ui/current-minute";
import { useOpenRow, type RowTab } from "../ui/row-openers";
import { words } from "../words/words";
import type { PageStatus } from "./page-status";

/** More failures than these are counted, so that the strip stays one line. */
const NAMED_FAILURES = 2;

export function StatusSentence(props: { readonly status: PageStatus }) {
  const { sentence, failures, remarks, passedSince, confirmed } = props.status;
  const named = failures.slice(0, NAMED_FAILURES);
  const [next, ...others] = failures.slice(NAMED_FAILURES);
  return (
    <>
      <p className="cfgw-strip-text" tabIndex={-1}>
        <Part>{sentence}</Part>
        {named.map(({ provider, name, cause }) => (
          <Part key={provider}>
            <RowLink provider={provider} tab="test">
              {words.status.failure(name, cause)}
            </RowLink>
          </Part>
        ))}
        {next === undefined ? null : (
          <Part>
            <RowLink provider={next.provider} tab="test">
              {words.status.more(1 + others.length)}
            </RowLink>
          </Part>
        )}
        {remarks.map(({ text, provider, tab }) => (
          <Part key={text}>
            <RowLink provider={provider} tab={tab}>
              {text}
            </RowLink>
          </Part>
        ))}
        {passedSince === null ? null : <Passed since={passedSince} />}
      </p>
      {/* Beside the sentence, so that its lines stay as they are. */}
      {confirmed === 0 ? null : (
        <span className="cfgw-strip-logged">{words.status.confirmed(confirmed)}</span>
      )}
    </>
  );
}

/** The separator before it comes from the style sheet. */
function Part(props: { readonly children: ReactNode }) {
  return (
    <>
      <span className="cfgw-strip-part">{props.children}</span>{" "}
    </>
  );
}

function RowLink(props: {
  readonly provider: string;
  readonly tab: RowTab;
  readonly children: string;
}) {
  const openRow = useOpenRow();
  return (
    <button
      type="button"
      className="cfgw-text-button"
      onClick={() => {
        openRow(props.provider, props.tab);
      }}
    >
      {props.children}
    </button>
  );
}

/** A separate component, so that a page without passed tests runs no timer. */
function Passed(props: { readonly since: string }) {
  const now = useCurrentMinute();
  return (
    <>
      <Part>{words.status.passed}</Part>
      <Part>{agoOf(props.since, now)}</Part>
    </>
  );
}
