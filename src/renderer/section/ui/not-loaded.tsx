/** Shown in place of the page when the providers could not be read. */
import { useEffect, useState } from "react";

import type { GatewayError } from "../../../shared/errors";
import { words } from "../words/words";
import { Notice, NoticeButton } from "./notice";
import { Skeleton } from "./skeleton";

/** How long a page may take to connect before it says what to do, in milliseconds. */
export const CONNECTING_MS = 5000;

export function NotLoaded(props: { readonly error: GatewayError; readonly onRetry: () => void }) {
  const { error, onRetry } = props;
  // There never was a connection that could have been lost.
  if (error.code === "disconnected") return <Connecting onRetry={onRetry} />;
  return (
    <Notice
      kind="error"
      urgent
      action={<NoticeButton label={words.section.retry} onPress={onRetry} />}
    >
      <p className="cfgw-strong">{words.failed.title}</p>
      <p>{error.message}</p>
    </Notice>
  );
}

function Connecting(props: { readonly onRetry: () => void }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLate(true);
    }, CONNECTING_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  const { connecting } = words;
  return (
    <Skeleton note={isLate ? connecting.notYet : connecting.now}>
      {isLate ? (
        <div className="cfgw-notices">
          <Notice
            kind="warning"
            action={<NoticeButton label={words.section.retry} onPress={props.onRetry} />}
          >
            <p>{connecting.advice}</p>
          </Notice>
        </div>
      ) : null}
    </Skeleton>
  );
}
