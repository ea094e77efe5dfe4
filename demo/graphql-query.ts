/** Parses the part of GraphQL that queries of analytics need: fields, arguments and variables. */

export interface GraphqlField {
  readonly name: string;
  readonly alias: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly fields: readonly GraphqlField[];
}

/** Thrown for a query that does not parse; its message is for the answer. */
export class GraphqlSyntaxError extends Error {
  override readonly name = "GraphqlSyntaxError";
}

const TOKEN = /\s*(?:#[^\n]*\n\s*)*(?:([\w$.]+|-?\d[\d.]*)|("(?:[^"\\]|\\.)*")|([^\s,]))[\s,]*/y;

/** The fields of the only operation, with the values of its variables. */
export function parseQuery(
  query: string,
  variables: Readonly<Record<string, unknown>>,
): readonly GraphqlField[] {
  const tokens = tokensOf(query);
  let at = 0;
  const peek = () => tokens[at];
  const take = (wanted?: string): string => {
    const token = tokens[at];
    if (token === undefined || (wanted !== undefined && token !== wanted)) {
      throw new GraphqlSyntaxError(`expected ${wanted ?? "more"}, got ${token ?? "the end"}`);
    }
    at += 1;
    return token;
  };

  function value(): unknown {
    const token = take();
    if (token === "{") return object("}");
    if (token === "[") {
      const items: unknown[] = [];
      while (peek() !== "]") items.push(value());
      take("]");
      return items;
    }
    if (token.startsWith("$")) {
      const name = token.slice(1);
      if (!Object.hasOwn(variables, name)) throw new GraphqlSyntaxError(`no variable ${token}`);
      return variables[name];
    }
    if (token.startsWith('"')) return JSON.parse(token);
    if (token === "true" || token === "false") return token === "true";
    if (token === "null") return null;
    return /^-?[\d.]+$/.test(token) ? Number(token) : token;
  }

  function object(end: string): Readonly<Record<string, unknown>> {
    const members: [string, unknown][] = [];
    while (peek() !== end) {
      const name = take();
      take(":");
      members.push([name, value()]);
    }
    take(end);
    return Object.fromEntries(members);
  }

  function selection(): readonly GraphqlField[] {
    take("{");
    const fields: GraphqlField[] = [];
    while (peek() !== "}") {
      const alias = take();
      let name = alias;
      if (peek() === ":") {
        take(":");
        name = take();
      }
      let given: Readonly<Record<string, unknown>> = {};
      if (peek() === "(") {
        take("(");
        given = object(")");
      }
      fields.push({ name, alias, arguments: given, fields: peek() === "{" ? selection() : [] });
    }
    take("}");
    return fields;
  }

  if (peek() !== "{") {
    take("query");
    while (peek() !== "{") take();
  }
  return selection();
}

function tokensOf(query: string): readonly string[] {
  const tokens: string[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < query.length) {
    const match = pattern.exec(query);
    if (!match) break;
    tokens.push(match[1] ?? match[2] ?? match[3] ?? "");
  }
  return tokens;
}
