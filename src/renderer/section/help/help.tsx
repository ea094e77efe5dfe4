/** The ways to the help: a button for the guide and one for the keys, which “?” opens, too. */
import { lazy, Suspense, useCallback, useState } from "react";

import type { HelpPage } from "./help-dialog";
import { usePageKey } from "../ui/page-key";
import { words } from "../words/words";

/** The guide is longer than the section's own code, and dialogs are not needed to begin with. */
const HelpDialog = lazy(async () => {
  try {
    return { default: (await import("./help-dialog")).HelpDialog };
  } catch {
    return { default: Failed };
  }
});

export function Help() {
  const [page, setPage] = useState<HelpPage | null>(null);
  const showKeys = useCallback(() => {
    setPage("keys");
  }, []);
  usePageKey(isHelpKey, page === null, showKeys);
  return (
    <>
      <button
        type="button"
        className="cfgw-text-button"
        aria-haspopup="dialog"
        onClick={() => {
          setPage("guide");
        }}
      >
        {words.guide.open}
      </button>
      <button type="button" className="cfgw-text-button" aria-haspopup="dialog" onClick={showKeys}>
        {words.help.open}
      </button>
      {page === null ? null : (
        <Suspense fallback={null}>
          <HelpDialog
            page={page}
            onClose={() => {
              setPage(null);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

/** A host's server may be gone by now. */
function Failed() {
  return <p role="alert">{words.guide.failed}</p>;
}

function isHelpKey({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === "?" && !altKey && !ctrlKey && !metaKey;
}
