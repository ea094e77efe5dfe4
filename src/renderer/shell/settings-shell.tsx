/** The stand-alone "mux Settings" window: a sidebar with one entry, and the section next to it. */
import { useCallback, useRef, useState } from "react";
import type { QueryClient } from "@tanstack/react-query";
import { Cloud } from "lucide-react";

import { SectionWithClient } from "../section/section";
import { LeaveQuestion } from "./leave-question";

export function SettingsShell(props: { readonly client: QueryClient }) {
  const [unsaved, setUnsaved] = useState<readonly string[]>([]);
  const latest = useRef(unsaved);
  const onUnsavedChange = useCallback((names: readonly string[]) => {
    latest.current = names;
    setUnsaved(names);
  }, []);
  const isUnsavedNow = useCallback(() => latest.current.length > 0, []);
  return (
    <div className="shell">
      <aside className="shell-side">
        <p className="shell-bar shell-title">Settings</p>
        <nav className="shell-nav" aria-label="Settings">
          <a className="shell-entry" href="#cloudflare" aria-current="page">
            <Cloud size={16} aria-hidden="true" />
            Cloudflare
          </a>
        </nav>
      </aside>
      <main className="shell-main" id="cloudflare">
        <header className="shell-bar">
          <h1 className="shell-heading">Cloudflare</h1>
        </header>
        <div className="shell-page">
          <div className="shell-column">
            <SectionWithClient client={props.client} onUnsavedChange={onUnsavedChange} />
          </div>
        </div>
        <LeaveQuestion names={unsaved} isUnsavedNow={isUnsavedNow} />
      </main>
    </div>
  );
}
