/** A Settings page as mux has it: a static list of sections, and the chosen one in a column. */
import { useState, type ComponentType } from "react";
import { CloudflareGatewaySection } from "mux-cloudflare-gateway/renderer";
import "mux-cloudflare-gateway/renderer/style.css";

import { CloudflareSection } from "./cloudflare-section";
import { gatewayOverHttp } from "./gateway-over-http";

const IPC_SECTIONS = [
  { id: "general", label: "General", component: General },
  { id: "cloudflare", label: "Cloudflare", component: CloudflareGatewaySection },
] as const;

const ORPC_SECTIONS = [
  { id: "general", label: "General", component: General },
  { id: "cloudflare", label: "Cloudflare", component: CloudflareSection },
] as const;

const SECTIONS = location.search === "?orpc" ? ORPC_SECTIONS : IPC_SECTIONS;

// Without a preload script the calls come as a prop.
const API = location.protocol === "http:" ? { api: gatewayOverHttp() } : {};

function General() {
  return <p>Nothing here.</p>;
}

export function SettingsPage(props: { readonly close: () => void }) {
  const [id, setId] = useState("cloudflare");
  const section = SECTIONS.find((candidate) => candidate.id === id) ?? SECTIONS[0];
  const Section: ComponentType<{ readonly api?: ReturnType<typeof gatewayOverHttp> }> =
    section.component;
  return (
    <div className="settings">
      <aside className="settings-side">
        <p className="settings-bar">Settings</p>
        <nav className="settings-entries" aria-label="Settings">
          {SECTIONS.map(({ id: each, label }) => (
            <button
              key={each}
              type="button"
              className="settings-entry"
              aria-current={each === id ? "page" : undefined}
              onClick={() => setId(each)}
            >
              {label}
            </button>
          ))}
        </nav>
      </aside>
      <main>
        <header className="settings-bar">
          <h1>{section.label}</h1>
          <button type="button" aria-label="Close" onClick={props.close}>
            ×
          </button>
        </header>
        <div className="settings-page">
          <div className="settings-column">
            <Section {...API} />
          </div>
        </div>
      </main>
    </div>
  );
}
