/** Opens the guide and the keyboard shortcuts. The key “?” opens the shortcuts too. */
import { lazy, Suspense, useCallback, useState, type ReactNode } from "react";

import type { HelpPage } from "./help-dialog";
import { isHelpKey, usePageKey } from "../ui/page-key";
import { words } from "../words/words";

/** Loaded on demand: the guide is larger than the section's own code, and no dialog opens at the start. */
const HelpDialog = lazy(async () => {
  try {
    return { default: (await import("./help-dialog")).HelpDialog };
  } catch {
    return { default: Failed };
  }
});

export interface Help {
  readonly open: (page: HelpPage) => void;
  /** The open dialog, or null. */
  readonly dialog: ReactNode;
}

export function useHelp(): Help {
  const [page, setPage] = useState<HelpPage | null>(null);
  const showKeys = useCallback(() => {
    setPage("keys");
  }, []);
  usePageKey(isHelpKey, page === null, showKeys);
  return {
    open: setPage,
    dialog:
      page === null ? null : (
        <Suspense fallback={null}>
          <HelpDialog
            page={page}
            onClose={() => {
              setPage(null);
            }}
          />
        </Suspense>
      ),
  };
}

/** Shown when the chunk cannot be loaded, for example because the host's server has stopped. */
function Failed() {
  return <p role="alert">{words.guide.failed}</p>;
}
