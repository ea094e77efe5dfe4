/** The peer of the section's first paint: a page that only mounts React and renders one line. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <p className="ready">An empty page</p>
    </StrictMode>,
  );
}
