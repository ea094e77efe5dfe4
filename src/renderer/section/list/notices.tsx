/** All messages about the file and about several providers, once each, the most urgent first. */
import { useMemo, useState } from "react";

import type { GatewayError } from "../../../shared/errors";
import type { ProvidersView } from "../../../shared/view";
import { Notice, NoticeButton } from "../ui/notice";
import { commonNotices, type CommonNotice } from "../words/common-notice";
import { words } from "../words/words";
import { useFixes } from "./fix-many";
import { useFileOpening } from "./open-file";
import { LeakAlert } from "./leak-alert";

export function Notices(props: {
  readonly view: ProvidersView;
  readonly locked: boolean;
  /** Why the shown view could not be updated, or null. */
  readonly lost: GatewayError | null;
  readonly onRetry: () => void;
}) {
  const { view, locked, lost } = props;
  const common = useMemo(() => commonNotices(view.providers), [view.providers]);
  return (
    <div className="cfgw-notices">
      <LeakAlert app={view.app} providers={view.providers} locked={locked} />
      {lost === null ? null : <Lost error={lost} onRetry={props.onRetry} />}
      {view.problem === null ? null : (
        <BrokenFile problem={view.problem} canOpen={view.canOpenFile} />
      )}
      {view.warnings.map(({ code, message }) => (
        <Notice key={code} kind="warning">
          <p>
            <strong className="cfgw-strong">{words.warnings[code]}.</strong> {message}
          </p>
        </Notice>
      ))}
      {view.otherFile === null ? null : (
        <Notice kind="warning">
          <p>{words.otherHome.text(view.app, view.shownFile, view.otherFile)}</p>
        </Notice>
      )}
      {common.map((notice) => (
        <Common key={notice.message} notice={notice} locked={locked} />
      ))}
    </div>
  );
}

function Lost(props: { readonly error: GatewayError; readonly onRetry: () => void }) {
  return (
    <Notice
      kind="error"
      urgent
      action={<NoticeButton label={words.section.retry} onPress={props.onRetry} />}
    >
      <p className="cfgw-strong">{words.failed.stale}</p>
      <p>
        {props.error.message} {words.failed.staleText}
      </p>
    </Notice>
  );
}

function BrokenFile(props: { readonly problem: GatewayError; readonly canOpen: boolean }) {
  const open = useFileOpening();
  return (
    <Notice
      kind="error"
      urgent
      action={props.canOpen ? <NoticeButton label={words.broken.open} onPress={open} /> : null}
    >
      <p className="cfgw-strong">{words.broken.title}</p>
      <p>
        {props.problem.message} {words.broken.text}
      </p>
    </Notice>
  );
}

/** If a fix exists, it is applied to all of the providers. */
function Common(props: { readonly notice: CommonNotice; readonly locked: boolean }) {
  const { message, providers, fix } = props.notice;
  const [problem, setProblem] = useState<GatewayError | null>(null);
  const apply = useFixes();
  const fixAll = async (code: NonNullable<CommonNotice["fix"]>) => {
    setProblem(null);
    setProblem(
      await apply(
        providers.map(({ id, name }) => ({ provider: id, name, fix: code })),
        words.common.fixed,
      ),
    );
  };
  return (
    <Notice
      kind="warning"
      action={
        fix === null ? null : (
          <NoticeButton
            label={words.fix[fix]}
            disabled={props.locked}
            onPress={() => {
              void fixAll(fix);
            }}
          />
        )
      }
    >
      <p>
        <strong className="cfgw-strong">
          {words.common.names(providers.map(({ name }) => name))}:
        </strong>{" "}
        {message}
      </p>
      {problem === null ? null : <p className="cfgw-problem">{problem.message}</p>}
    </Notice>
  );
}
