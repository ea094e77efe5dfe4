/** Arbitrary providers.jsonc texts for property tests: comments and white space in every place. */
import fc from "fast-check";

/** A token of a generated text, or a gap between two tokens. */
type Piece = string | typeof GAP;
const GAP = Symbol("gap");

export interface GeneratedDocument {
  readonly text: string;
  /** As in the text, and all different. */
  readonly comments: readonly string[];
}

const TARGETS = ["anthropic", "__proto__", "a.b", "🚀", ""] as const;
export type Target = (typeof TARGETS)[number];
export const target: fc.Arbitrary<Target> = fc.constantFrom(...TARGETS);

const scalar = fc.constantFrom(
  `"sk-1"`,
  `"caf\\u00e9 \\ud83d\\ude00 \\/ {}[],:"`,
  `"// no comment /* nor this */"`,
  `""`,
  `1.0`,
  `-1e5`,
  `12345678901234567890`,
  `true`,
  `null`,
);

const piecesOf = (...pieces: readonly Piece[]): readonly Piece[] => pieces;

function list(open: string, close: string, items: fc.Arbitrary<readonly (readonly Piece[])[]>) {
  return fc.tuple(items, fc.boolean()).map(([inside, trailing]) => {
    const last = inside.length - 1;
    const pieces = inside.map((item, index) => {
      const separator = index < last || trailing ? piecesOf(GAP, ",") : piecesOf();
      return piecesOf(GAP).concat(item, separator);
    });
    return piecesOf(open).concat(pieces.flat(), piecesOf(GAP, close));
  });
}

const member = (key: fc.Arbitrary<string>, value: fc.Arbitrary<readonly Piece[]>) =>
  fc
    .tuple(key, value)
    .map(([name, pieces]): readonly Piece[] => piecesOf(name, GAP, ":", GAP).concat(pieces));

const plain = scalar.map((text): readonly Piece[] => [text]);
const spelled = (...keys: readonly string[]) =>
  fc.constantFrom(...keys.map((key) => JSON.stringify(key)));

const anything = fc.letrec<{ value: readonly Piece[] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    plain,
    list("[", "]", fc.array(tie("value"), { maxLength: 3 })),
    list(
      "{",
      "}",
      fc.array(member(spelled("a", "b", "__proto__"), tie("value")), { maxLength: 3 }),
    ),
  ),
})).value;

/** No token that is also in a header, because the header would then count as the gateway's. */
const blockToken = fc
  .constantFrom(`"gateway-\\u0074oken"`, `"gateway {}[],: token"`, `""`, `null`, `7`)
  .map((text): readonly Piece[] => [text]);

const block = list(
  "{",
  "}",
  fc.uniqueArray(
    fc.oneof(
      member(spelled("accountId", "gatewayName", "segment"), plain),
      member(spelled("token"), blockToken),
      member(spelled("note", "__proto__"), anything),
    ),
    { maxLength: 5, selector: ([key]) => key },
  ),
);

const baseUrl = fc.constantFrom(
  `"https://own.example/v1"`,
  `"https:\\/\\/own.example\\/v1"`,
  `"https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/gw/anthropic/v1"`,
  `""`,
  `null`,
  `7`,
);

/** The gateway's header in at most one spelling, because one of two would lose its place. */
const headers = fc.constantFrom("cf-aig-authorization", "CF-AIG-Authorization").chain((own) =>
  list(
    "{",
    "}",
    fc.array(member(spelled("X-Mine", own, "cf-aig-collect-log-payload"), plain), {
      maxLength: 3,
    }),
  ),
);

const ordinary = fc.oneof(
  member(spelled("apiKey", "models", "headers", "constructor"), anything),
  member(
    spelled("baseUrl", "baseURL"),
    baseUrl.map((text): readonly Piece[] => [text]),
  ),
  member(spelled("headers"), headers),
);

/** Each block at most once, so that every change is possible. */
const provider = fc
  .tuple(
    fc.array(ordinary, { maxLength: 3 }),
    fc.option(member(fc.constantFrom(`"cloudflareGateway"`, `"cloudflare\\u0047ateway"`), block)),
    fc.option(member(spelled("cloudflareGatewayDisabled"), block)),
    fc.nat(),
  )
  .chain(([others, active, disabled, seed]) => {
    const type: readonly Piece[] = [`"providerType"`, GAP, ":", GAP, `"openai-compatible"`];
    const members = [type, ...others, ...(active ? [active] : []), ...(disabled ? [disabled] : [])];
    const turned = members.map((_, index) => members[(index + seed) % members.length] ?? type);
    return list("{", "}", fc.constant(turned));
  });

const root = list(
  "{",
  "}",
  fc.array(
    fc.oneof(
      { weight: 3, arbitrary: member(spelled(...TARGETS), provider) },
      { weight: 1, arbitrary: member(spelled("other", "openai"), anything) },
    ),
    { maxLength: 4 },
  ),
);

/** A gap has `<n>` for each comment; numbers make them differ. */
const gapOf = (lineBreak: string) =>
  fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(" ", "  ", "\t", lineBreak, `${lineBreak}    `) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            `// <n>${lineBreak}`,
            "/* <n> */",
            `/* <n>${lineBreak} "x": { */`,
          ),
        },
      ),
      { maxLength: 3 },
    )
    .map((parts) => parts.join(""));

/** Texts in any layout: some are minified, some have a byte order mark, some have CRLF. */
const laidOut = (document: fc.Arbitrary<readonly Piece[]>): fc.Arbitrary<GeneratedDocument> =>
  fc
    .tuple(document, fc.constantFrom("\n", "\r\n"), fc.constantFrom("", "\ufeff"), fc.boolean())
    .chain(([pieces, lineBreak, mark, loose]) => {
      const all: readonly Piece[] = [mark, GAP, ...pieces, GAP];
      const gaps = all.filter((piece) => piece === GAP).length;
      return fc
        .array(loose ? gapOf(lineBreak) : fc.constant(""), { minLength: gaps, maxLength: gaps })
        .map((filling) => assemble(all, filling));
    });

/** A root object with or without a provider for each target. */
export const generatedDocument: fc.Arbitrary<GeneratedDocument> = laidOut(root);

/** A direct provider with the members that a mirror replaces. */
const directProvider = fc
  .tuple(
    fc.array(ordinary, { maxLength: 2 }),
    fc.option(
      member(
        spelled("baseUrl"),
        baseUrl.map((text): readonly Piece[] => [text]),
      ),
      { freq: 5 },
    ),
    fc.option(member(spelled("headers"), fc.oneof(headers, headers, anything))),
    fc.option(member(spelled("cloudflareGatewayDisabled"), block)),
    fc.nat(),
  )
  .chain(([others, url, written, disabled, seed]) => {
    const type: readonly Piece[] = [`"providerType"`, GAP, ":", GAP, `"openai-compatible"`];
    const optional = [url, written, disabled].filter((each) => each !== null);
    const members = [type, ...others, ...optional];
    const turned = members.map((_, index) => members[(index + seed) % members.length] ?? type);
    return list("{", "}", fc.constant(turned));
  });

/** A document with a direct provider, usually with a base URL and headers. */
export const directDocument = (id: string): fc.Arbitrary<GeneratedDocument> =>
  laidOut(
    list(
      "{",
      "}",
      fc
        .tuple(
          fc.option(member(spelled("other"), anything)),
          member(spelled(id), directProvider),
          fc.option(member(spelled("more"), anything)),
        )
        .map((members) => members.filter((each) => each !== null)),
    ),
  );

function assemble(pieces: readonly Piece[], filling: readonly string[]): GeneratedDocument {
  const comments: string[] = [];
  let gap = 0;
  const text = pieces.map((piece) => {
    if (piece !== GAP) return piece;
    return (filling[gap++] ?? "").replaceAll("<n>", () => {
      comments.push(`<${comments.length}>`);
      return `<${comments.length - 1}>`;
    });
  });
  return { text: text.join(""), comments };
}
