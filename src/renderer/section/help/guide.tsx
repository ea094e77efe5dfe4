/** The guide: a table of contents, then the text of each section. */
import { createElement, Fragment, useId, type ReactNode } from "react";
import { GUIDE } from "virtual:guide";

import { ExternalLink } from "../ui/external-link";
import type { GuideBlock, GuidePart, GuideParts } from "./guide-blocks";
import { words } from "../words/words";

export function Guide() {
  const contents = useId();
  return (
    <div className="cfgw-guide">
      <nav aria-labelledby={contents}>
        <h3 className="cfgw-guide-contents" id={contents}>
          {words.guide.contents}
        </h3>
        <ul>
          {GUIDE.map((block) =>
            block.kind === "heading" && block.depth === 2 ? (
              <li key={block.id}>
                <SectionButton id={block.id} text={block.text} />
              </li>
            ) : null,
          )}
        </ul>
      </nav>
      {withoutKeys(GUIDE.map((block) => createElement(Block, { block })))}
    </div>
  );
}

/** A button instead of a link to “#…”, because the page's URL belongs to the host. */
function SectionButton(props: { readonly id: string; readonly text: string }) {
  return (
    <button
      type="button"
      className="cfgw-text-button"
      onClick={(event) => {
        scrollToHeading(event.currentTarget.closest(".cfgw-guide"), props.id);
      }}
    >
      {props.text}
    </button>
  );
}

function scrollToHeading(guide: Element | null, id: string): void {
  const heading = guide?.querySelector<HTMLElement>(`[data-heading="${CSS.escape(id)}"]`);
  heading?.scrollIntoView({ block: "start" });
  heading?.focus({ preventScroll: true });
}

function Block(props: { readonly block: GuideBlock }) {
  const { block } = props;
  switch (block.kind) {
    case "heading": {
      const Heading = block.depth === 2 ? "h3" : "h4";
      return (
        <Heading data-heading={block.id} tabIndex={-1}>
          {block.text}
        </Heading>
      );
    }
    case "paragraph":
      return <p>{renderParts(block.parts)}</p>;
    case "code":
      return <pre className="cfgw-code">{block.text}</pre>;
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return <List>{renderItems(block.items, "li")}</List>;
    }
    case "table":
      return (
        <table>
          <thead>
            <tr>{renderItems(block.head, "th")}</tr>
          </thead>
          <tbody>
            {block.rows.map((row) => (
              <tr key={JSON.stringify(row)}>{renderItems(row, "td")}</tr>
            ))}
          </tbody>
        </table>
      );
    default:
      return block satisfies never;
  }
}

function renderItems(items: readonly GuideParts[], Element: "li" | "th" | "td"): ReactNode {
  return items.map((parts) => <Element key={JSON.stringify(parts)}>{renderParts(parts)}</Element>);
}

function renderParts(parts: GuideParts): ReactNode {
  return withoutKeys(parts.map(renderPart));
}

/** Children in a fixed order, which therefore need no keys. */
function withoutKeys(children: readonly ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...children);
}

function renderPart(part: GuidePart): ReactNode {
  if (typeof part === "string") return part;
  switch (part.kind) {
    case "code":
      return <code className="cfgw-code">{part.text}</code>;
    case "strong":
      return <strong className="cfgw-strong">{part.text}</strong>;
    case "emphasis":
      return <em>{part.text}</em>;
    case "link":
      return <ExternalLink href={part.href} label={part.text} />;
    case "section":
      return <SectionButton id={part.id} text={part.text} />;
    default:
      return part satisfies never;
  }
}
