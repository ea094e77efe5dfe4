/** Renders the gallery's index page: all screenshots, with axe's findings per state. */
import type { GalleryState } from "../../src/renderer/testing/gallery-state";
import { WIDTHS, type Theme } from "./shot";

export interface Finding {
  readonly text: string;
  /** The themes and widths with this finding, such as "dark 375". */
  readonly at: readonly string[];
}

export function pictureName(state: string, theme: Theme, width: number): string {
  return `${state}.${theme}.${width}.png`;
}

/** Returns HTML. `findings`: by state. */
export function indexPage(
  states: readonly GalleryState[],
  themes: readonly Theme[],
  findings: ReadonlyMap<string, readonly Finding[]>,
): string {
  const links = states.map(({ id }) => `<a href="#${id}">${id}</a>`).join(" ");
  const sections = states.map(({ id }) => sectionOf(id, themes, findings.get(id) ?? [])).join("\n");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Gallery</title>
<style>
  body { font: 14px/1.5 system-ui, sans-serif; margin: 1.5rem; background: #777; color: #fff }
  a { color: inherit } nav { columns: 12rem } nav a { display: block }
  .theme { display: flex; gap: 1rem; align-items: flex-start; overflow-x: auto; padding: .5rem 0 }
  img { max-height: 40rem; border: 1px solid #0003 } .found { background: #900; padding: .5rem 2rem }
</style>
<h1>Gallery</h1>
<nav>${links}</nav>
${sections}
</html>
`;
}

function sectionOf(state: string, themes: readonly Theme[], findings: readonly Finding[]): string {
  const rows = themes.map((theme) => {
    const pictures = WIDTHS.map((width) => {
      const name = pictureName(state, theme, width);
      return `<a href="${name}"><img src="${name}" alt="${state}, ${theme}, ${width} px" loading="lazy"></a>`;
    });
    return `<h3>${theme}</h3><div class="theme">${pictures.join("")}</div>`;
  });
  const lines = findings.map(
    ({ text, at }) => `<li>${escape(text)} — ${escape(at.join(", "))}</li>`,
  );
  const found = lines.length === 0 ? "" : `<ul class="found">${lines.join("")}</ul>`;
  return `<section id="${state}"><h2>${state}</h2>${found}${rows.join("")}</section>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
