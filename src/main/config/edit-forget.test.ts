/** Forgetting: whole texts before and after. */
import { expect, test } from "vitest";

import { applyChange } from "./edit";

interface Row {
  readonly name: string;
  readonly before: string;
  /** Absent: the text is left alone. */
  readonly after?: string;
}

const ROWS: readonly Row[] = [
  {
    name: "the last member takes the comma before it along",
    before: `{
  "anthropic": {
    "apiKey": "k",
    "cloudflareGateway": {
      "accountId": "acc"
    }
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k"
  }
}
`,
  },
  {
    name: "the last member of a list with trailing commas",
    before: `{
  "anthropic": {
    "apiKey": "k",
    "cloudflareGateway": {
      "accountId": "acc",
    },
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k",
  }
}
`,
  },
  {
    name: "the first member",
    before: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "acc" },
    "apiKey": "k"
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k"
  }
}
`,
  },
  {
    name: "a member in the middle",
    before: `{
  "anthropic": {
    "apiKey": "k",
    "cloudflareGateway": { "accountId": "acc" },
    "models": []
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k",
    "models": []
  }
}
`,
  },
  {
    name: "the only member",
    before: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "acc" }
  }
}
`,
    after: `{
  "anthropic": {
  }
}
`,
  },
  {
    name: "the only member of an object on one line",
    before: '{ "anthropic": { "cloudflareGateway": { "accountId": "acc" } } }',
    after: '{ "anthropic": {} }',
  },
  {
    name: "the only member, with a trailing comma",
    before: '{ "anthropic": { "cloudflareGateway": { "accountId": "acc" }, } }',
    after: '{ "anthropic": {} }',
  },
  {
    name: "the first member on one line",
    before: '{ "anthropic": { "cloudflareGateway": {}, "apiKey": "k" } }',
    after: '{ "anthropic": { "apiKey": "k" } }',
  },
  {
    name: "the last member on one line",
    before: '{ "anthropic": { "apiKey": "k", "cloudflareGateway": {} } }',
    after: '{ "anthropic": { "apiKey": "k" } }',
  },
  {
    name: "the last member on one line, with a trailing comma",
    before: '{ "anthropic": { "apiKey": "k", "cloudflareGateway": {}, } }',
    after: '{ "anthropic": { "apiKey": "k", } }',
  },
  {
    name: "a minified file",
    before: '{"anthropic":{"a":1,"cloudflareGateway":{"accountId":"acc"},"b":2}}',
    after: '{"anthropic":{"a":1,"b":2}}',
  },
  {
    name: "comments inside it go, those around it stay",
    before: `{
  "anthropic": {
    "apiKey": "k", // key
    // my gateway
    "cloudflareGateway": { // gone
      /* gone */ "accountId": "acc" // gone
    }, // of the team
    // models
    "models": []
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k", // key
    // my gateway
    // of the team
    // models
    "models": []
  }
}
`,
  },
  {
    name: "comments around the last member",
    before: `{
  "anthropic": {
    "apiKey": "k", // key
    // my gateway
    "cloudflareGateway": { "accountId": "acc" } // of the team
    // end
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k" // key
    // my gateway
    // of the team
    // end
  }
}
`,
  },
  {
    name: "a comment between it and its comma",
    before: `{
  "anthropic": {
    "cloudflareGateway": {} /* team */ , "apiKey": "k"
  }
}
`,
    after: `{
  "anthropic": {
    /* team */  "apiKey": "k"
  }
}
`,
  },
  {
    name: "a comma at the beginning of its line",
    before: `{
  "anthropic": {
    "apiKey": "k"
    , "cloudflareGateway": {}
    , "models": []
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k"
    , "models": []
  }
}
`,
  },
  {
    name: "the last member behind a comma on its own line",
    before: `{
  "anthropic": {
    "apiKey": "k"
    , "cloudflareGateway": {}
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k"
  }
}
`,
  },
  {
    name: "a brace behind it",
    before: `{
  "anthropic": {
    "apiKey": "k",
    "cloudflareGateway": {} }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k" }
}
`,
  },
  {
    name: "a brace behind it and a line comment before it",
    before: `{
  "anthropic": {
    "apiKey": "k", // key
    "cloudflareGateway": {} }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k" // key
    }
}
`,
  },
  {
    name: "a brace behind it and a line comment that ends in white space before it",
    before: `{
  "anthropic": {
    "apiKey": "k", // key \t
    "cloudflareGateway": {} }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k" // key \t
    }
}
`,
  },
  {
    name: "the only member of an object, in front of its brace",
    before: '{ "anthropic": { "cloudflareGateway": {}} }',
    after: '{ "anthropic": { } }',
  },
  {
    name: "a member behind it on its line",
    before: `{
  "anthropic": {
    "apiKey": "k",
    "cloudflareGateway": {}, "models": []
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k",
    "models": []
  }
}
`,
  },
  {
    name: "it stands behind the opening brace",
    before: `{
  "anthropic": { "cloudflareGateway": {},
    "apiKey": "k"
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k"
  }
}
`,
  },
  {
    name: "CRLF and tabs",
    before: [
      "{\r\n",
      '\t"anthropic": {\r\n',
      '\t\t"apiKey": "k",\r\n',
      '\t\t"cloudflareGateway": {\r\n',
      '\t\t\t"accountId": "acc"\r\n',
      "\t\t}\r\n",
      "\t}\r\n",
      "}\r\n",
    ].join(""),
    after: ["{\r\n", '\t"anthropic": {\r\n', '\t\t"apiKey": "k"\r\n', "\t}\r\n", "}\r\n"].join(""),
  },
  {
    name: "a disabled block",
    before: `{
  "anthropic": {
    "apiKey": "k",
    "cloudflareGatewayDisabled": { "accountId": "acc" }
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k"
  }
}
`,
  },
  {
    name: "both blocks",
    before: `{
  "anthropic": {
    "cloudflareGatewayDisabled": { "accountId": "old" },
    "apiKey": "k",
    "cloudflareGateway": { "accountId": "acc" }
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k"
  }
}
`,
  },
  {
    name: "blank lines around it stay",
    before: `{
  "anthropic": {
    "apiKey": "k",

    "cloudflareGateway": {},

    "models": []
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k",


    "models": []
  }
}
`,
  },
];

test.each(ROWS)("a block is forgotten: $name", ({ before, after }) => {
  const changed = applyChange(before, { kind: "forget", provider: "anthropic" }, "file");
  expect(changed).toEqual({ success: true, data: after ?? before });
});
