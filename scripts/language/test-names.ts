/** Collects the names of tests and their groups, with the names that a table inserts. */
import { lineAt, splitSentences, type Sentence } from "./sentences";
import { literalText, membersOf, visit, type Source } from "./syntax";

const TESTERS = new Set(["describe", "it", "test"]);

/** Expressions that are transparent to a reader: `x as const`, `x satisfies T`, `(x)`. */
const WRAPPERS = /^(?:TSAsExpression|TSSatisfiesExpression|ParenthesizedExpression)$/;

/** The sentences in the names of a file's tests, in order. */
export function testNamesOf({ text, code }: Source): readonly Sentence[] {
  const calls: unknown[] = [];
  const constants = new Map<string, unknown>();
  visit(code?.program, (node) => {
    const { type, id, init } = node;
    if (type === "CallExpression") calls.push(node);
    const name = membersOf(id)["name"];
    if (type === "VariableDeclarator" && typeof name === "string") constants.set(name, init);
    return true;
  });
  return calls.flatMap((call) =>
    namesOf(call, constants).flatMap(({ name, start }) =>
      splitSentences(name).map((sentence) => ({ line: lineAt(text, start), text: sentence })),
    ),
  );
}

/** The first values of the variables of a file. */
type Constants = ReadonlyMap<string, unknown>;

interface Name {
  readonly name: string;
  readonly start: number;
}

/** The name of a call such as `it("…")`, and those of its table: `it.each(table)("… %s")`. */
function namesOf(call: unknown, constants: Constants): readonly Name[] {
  const { callee, arguments: args } = membersOf(call);
  if (!Array.isArray(args) || !TESTERS.has(rootOf(callee))) return [];
  const titles = literalName(args[0]);
  const rows = rowsOf(tableOf(callee), constants);
  return [
    ...titles,
    ...titles.flatMap(({ name }) => rows.flatMap((row) => insertedInto(name, row))),
  ];
}

/** The identifier at the left end of a callee: `test` of `test.describe` and `test.each(…)`. */
function rootOf(callee: unknown): string {
  const { type, name, object, callee: inner } = membersOf(callee);
  if (type === "MemberExpression") return rootOf(object);
  if (type === "CallExpression") return rootOf(inner);
  return typeof name === "string" ? name : "";
}

/** The argument of `.each(…)` or `.for(…)`. */
function tableOf(callee: unknown): unknown {
  const { type, callee: inner, arguments: args } = membersOf(callee);
  if (type !== "CallExpression" || !Array.isArray(args)) return null;
  const method = membersOf(membersOf(inner)["property"])["name"];
  return method === "each" || method === "for" ? args[0] : null;
}

/** The rows of a table that is written in this file: an array, or the entries of an object. */
function rowsOf(table: unknown, constants: Constants): readonly unknown[] {
  const { type, name, elements, expression, callee, arguments: args } = membersOf(table);
  if (typeof type === "string" && WRAPPERS.test(type)) return rowsOf(expression, constants);
  if (type === "Identifier" && typeof name === "string") {
    return constants.has(name) ? rowsOf(constants.get(name), without(constants, name)) : [];
  }
  if (type === "ArrayExpression" && Array.isArray(elements)) return elements;
  if (type !== "CallExpression" || !Array.isArray(args)) return [];
  // `Object.entries(TABLE)` and `TABLE.map(…)`.
  if (rootOf(callee) !== "Object") return rowsOf(membersOf(callee)["object"], constants);
  const [of] = args;
  const target = membersOf(of)["name"];
  const { properties } = membersOf(typeof target === "string" ? constants.get(target) : of);
  return Array.isArray(properties) ? properties.map((property) => membersOf(property)["key"]) : [];
}

/** Without the name that is being looked up, so that a constant cannot refer to itself. */
function without(constants: Constants, name: string) {
  return new Map([...constants].filter(([other]) => other !== name));
}

/** The texts of a row that a title names: `%s` by position, `$name` by property. */
function insertedInto(title: string, row: unknown): readonly Name[] {
  const { elements, properties } = membersOf(row);
  if (Array.isArray(properties)) {
    const named = new Set([...title.matchAll(/\$(\w+)/g)].map(([, name]) => name));
    return properties
      .map(membersOf)
      .filter(({ key }) => {
        const { name, value } = membersOf(key);
        return named.has(String(name ?? value));
      })
      .flatMap(({ value }) => literalName(value));
  }
  const places = [...title.matchAll(/%[sjop]/g)].length;
  const cells = Array.isArray(elements) ? elements : [row];
  return cells.slice(0, places).flatMap(literalName);
}

function literalName(node: unknown): readonly Name[] {
  const name = literalText(node);
  const { start } = membersOf(node);
  return name === null || typeof start !== "number" ? [] : [{ name, start }];
}
