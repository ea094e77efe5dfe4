/** The blocks that the guide consists of after its Markdown has been parsed. */

/** A run of text. A `link` opens a page of Cloudflare, a `section` scrolls to a heading of the guide. */
export type GuidePart =
  | string
  | { readonly kind: "code" | "strong" | "emphasis"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string }
  | { readonly kind: "section"; readonly text: string; readonly id: string };

export type GuideParts = readonly GuidePart[];

export type GuideBlock =
  | {
      readonly kind: "heading";
      readonly depth: 2 | 3;
      readonly id: string;
      readonly text: string;
    }
  | { readonly kind: "paragraph"; readonly parts: GuideParts }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly GuideParts[] }
  | {
      readonly kind: "table";
      readonly head: readonly GuideParts[];
      readonly rows: readonly (readonly GuideParts[])[];
    };
