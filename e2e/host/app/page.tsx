/** The page of a stand-in for mux: a workspace, and a Settings page that Escape closes. */
import { StrictMode, useEffect, useState, version } from "react";
import { createRoot } from "react-dom/client";

import { SettingsPage } from "./settings-page";

import "./themes.css";
import "./host.css";

function Host() {
  const [open, setOpen] = useState(true);
  useEffect(() => {
    if (!open) return undefined;
    // mux's rule: an unhandled Escape closes the page, unless a field has the focus.
    const onKeyDown = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.matches("input, textarea");
      if (event.key === "Escape" && !event.defaultPrevented && !inField) setOpen(false);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [open]);
  if (open) return <SettingsPage close={() => setOpen(false)} />;
  return (
    <main className="workspace">
      <h1>Workspace</h1>
      <button type="button" onClick={() => setOpen(true)}>
        Settings
      </button>
    </main>
  );
}

document.documentElement.dataset["react"] = version;
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Host />
    </StrictMode>,
  );
}
