/** Values that a hostile or broken API could send in any member. */

export const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  "",
  "7",
  "<img src=x onerror=alert(1)>",
  "https://evil.example/",
  "a\u0000b\u001b[31m\u202ec\u2028",
  "x".repeat(20_000),
  [],
  [[]],
  {},
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
];

/** The parts of an answer that no page may show: control characters, too much text, a changed prototype. */
export function harm(answer: unknown, longest = 20_000): readonly string[] {
  const text = JSON.stringify(answer);
  return [
    ...(/\\u00[01]|\u202e|\u2028/.test(text) ? ["control characters"] : []),
    ...(text.length > longest ? [`${text.length} characters`] : []),
    ...(Reflect.get({}, "polluted") === undefined ? [] : ["a changed prototype"]),
  ];
}
