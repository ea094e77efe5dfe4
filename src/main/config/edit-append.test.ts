/** Switching on where there is no block: whole texts before and after. */
import { expect, test } from "vitest";

import { applyChange, type BlockDetails } from "./edit";

interface Row {
  readonly name: string;
  readonly before: string;
  /** Absent: the text is left alone. */
  readonly after?: string;
  /** By default anthropic. */
  readonly provider?: string;
  readonly details?: Partial<BlockDetails>;
}

const ROWS: readonly Row[] = [
  {
    name: "an empty file",
    before: "",
    after: `{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a file of blank lines only",
    before: `

`,
    after: `

{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a file with only a byte order mark",
    before: "\ufeff",
    after: [
      "\ufeff{\n",
      '  "anthropic": {\n',
      '    "cloudflareGateway": {\n',
      '      "accountId": "acc",\n',
      '      "gatewayName": "gw"\n',
      "    }\n",
      "  }\n",
      "}\n",
    ].join(""),
  },
  {
    name: "a byte order mark stays the first thing",
    before: ["\ufeff{\n", '  "anthropic": {\n', '    "apiKey": "k"\n', "  }\n", "}\n"].join(""),
    after: [
      "\ufeff{\n",
      '  "anthropic": {\n',
      '    "apiKey": "k",\n',
      '    "cloudflareGateway": {\n',
      '      "accountId": "acc",\n',
      '      "gatewayName": "gw"\n',
      "    }\n",
      "  }\n",
      "}\n",
    ].join(""),
  },
  {
    name: "a file with only a line comment",
    before: `// keys of my laptop
`,
    after: `// keys of my laptop
{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a file with only a comment and no line break at its end",
    before: "// keys",
    after: `// keys
{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}`,
  },
  {
    name: "a file with only block comments",
    before: `/* keys */

/* more
   keys */
`,
    after: `/* keys */

/* more
   keys */
{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a file with only a comment and CRLF",
    before: "// keys\r\n",
    after: [
      "// keys\r\n",
      "{\r\n",
      '  "anthropic": {\r\n',
      '    "cloudflareGateway": {\r\n',
      '      "accountId": "acc",\r\n',
      '      "gatewayName": "gw"\r\n',
      "    }\r\n",
      "  }\r\n",
      "}\r\n",
    ].join(""),
  },
  {
    name: "an empty object",
    before: "{}",
    after: '{ "anthropic": { "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } } }',
  },
  {
    name: "an empty object with a line break after it",
    before: `{}
`,
    after: `{ "anthropic": { "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } } }
`,
  },
  {
    name: "an empty object with a space in it",
    before: "{ }",
    after: '{ "anthropic": { "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } }}',
  },
  {
    name: "an empty object on two lines",
    before: `{
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "an object with only a block comment in it",
    before: "{ /* nothing yet */ }",
    after:
      '{ /* nothing yet */ "anthropic": { "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } } }',
  },
  {
    name: "an object with only a line comment in it",
    before: `{
    // nothing yet
}
`,
    after: `{
    // nothing yet
    "anthropic": {
        "cloudflareGateway": {
            "accountId": "acc",
            "gatewayName": "gw"
        }
    }
}
`,
  },
  {
    name: "an object whose brace line has the only comment",
    before: `{ // nothing yet
}
`,
    after: `{ // nothing yet
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a provider that the file does not have",
    before: `{
  "openai": {
    "apiKey": "k"
  }
}
`,
    after: `{
  "openai": {
    "apiKey": "k"
  },
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a provider that the file does not have, behind a trailing comma",
    before: `{
  "openai": { "apiKey": "k" }, // work
}
`,
    after: `{
  "openai": { "apiKey": "k" }, // work
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  },
}
`,
  },
  {
    name: "a provider that the file does not have, in a file on one line",
    before: '{ "openai": { "apiKey": "k" } }',
    after:
      '{ "openai": { "apiKey": "k" }, "anthropic": { "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } } }',
  },
  {
    name: "a provider that stands in a comment only",
    before: `{
  // "anthropic": { "apiKey": "old" },
  "openai": { "apiKey": "k" }
}
`,
    after: `{
  // "anthropic": { "apiKey": "old" },
  "openai": { "apiKey": "k" },
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a provider that is an empty object",
    before: `{
  "anthropic": {}
}
`,
    after: `{
  "anthropic": { "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } }
}
`,
  },
  {
    name: "a provider that is an empty object on two lines",
    before: `{
  "anthropic": {
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a provider with a comment and nothing else",
    before: `{
  "anthropic": {
    // "apiKey": "old"
  }
}
`,
    after: `{
  "anthropic": {
    // "apiKey": "old"
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a provider on one line",
    before: `{
  "anthropic": { "apiKey": "k" },
  "openai": { "apiKey": "k" }
}
`,
    after: `{
  "anthropic": { "apiKey": "k", "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } },
  "openai": { "apiKey": "k" }
}
`,
  },
  {
    name: "a provider on one line with a trailing comma",
    before: '{ "anthropic": { "apiKey": "k", } }',
    after:
      '{ "anthropic": { "apiKey": "k", "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" }, } }',
  },
  {
    name: "a provider on one line, tight at the braces",
    before: '{"anthropic": {"apiKey": "k", "models": []}}',
    after:
      '{"anthropic": {"apiKey": "k", "models": [], "cloudflareGateway": {"accountId": "acc", "gatewayName": "gw"}}}',
  },
  {
    name: "a minified file",
    before: '{"anthropic":{"apiKey":"k","models":["a","b"]},"openai":{"apiKey":"k"}}',
    after:
      '{"anthropic":{"apiKey":"k","models":["a","b"],"cloudflareGateway":{"accountId":"acc","gatewayName":"gw"}},"openai":{"apiKey":"k"}}',
  },
  {
    name: "a minified provider that is empty",
    before: '{"anthropic":{}}',
    after: '{"anthropic":{"cloudflareGateway":{"accountId":"acc","gatewayName":"gw"}}}',
  },
  {
    name: "a provider on one line that holds a list on several",
    before: `{
  "anthropic": { "models": [
    "a"
  ] }
}
`,
    after: `{
  "anthropic": { "models": [
    "a"
  ], "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } }
}
`,
  },
  {
    name: "two spaces",
    before: `{
  "anthropic": {
    "apiKey": "k"
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k",
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "three spaces",
    before: `{
   "anthropic": {
      "apiKey": "k"
   }
}
`,
    after: `{
   "anthropic": {
      "apiKey": "k",
      "cloudflareGateway": {
         "accountId": "acc",
         "gatewayName": "gw"
      }
   }
}
`,
  },
  {
    name: "four spaces",
    before: `{
    "anthropic": {
        "apiKey": "k"
    }
}
`,
    after: `{
    "anthropic": {
        "apiKey": "k",
        "cloudflareGateway": {
            "accountId": "acc",
            "gatewayName": "gw"
        }
    }
}
`,
  },
  {
    name: "eight spaces",
    before: `{
        "anthropic": {
                "apiKey": "k"
        }
}
`,
    after: `{
        "anthropic": {
                "apiKey": "k",
                "cloudflareGateway": {
                        "accountId": "acc",
                        "gatewayName": "gw"
                }
        }
}
`,
  },
  {
    name: "tabs",
    before: ["{\n", '\t"anthropic": {\n', '\t\t"apiKey": "k"\n', "\t}\n", "}\n"].join(""),
    after: [
      "{\n",
      '\t"anthropic": {\n',
      '\t\t"apiKey": "k",\n',
      '\t\t"cloudflareGateway": {\n',
      '\t\t\t"accountId": "acc",\n',
      '\t\t\t"gatewayName": "gw"\n',
      "\t\t}\n",
      "\t}\n",
      "}\n",
    ].join(""),
  },
  {
    name: "tabs outside and spaces inside",
    before: [
      "{\n",
      '\t"openai": {},\n',
      '\t"anthropic": {\n',
      '\t  "apiKey": "k"\n',
      "\t}\n",
      "}\n",
    ].join(""),
    after: [
      "{\n",
      '\t"openai": {},\n',
      '\t"anthropic": {\n',
      '\t  "apiKey": "k",\n',
      '\t  "cloudflareGateway": {\n',
      '\t    "accountId": "acc",\n',
      '\t    "gatewayName": "gw"\n',
      "\t  }\n",
      "\t}\n",
      "}\n",
    ].join(""),
  },
  {
    name: "no indentation at all",
    before: `{
"anthropic": {
"apiKey": "k"
}
}
`,
    after: `{
"anthropic": {
"apiKey": "k",
"cloudflareGateway": {
"accountId": "acc",
"gatewayName": "gw"
}
}
}
`,
  },
  {
    name: "CRLF",
    before: ["{\r\n", '  "anthropic": {\r\n', '    "apiKey": "k"\r\n', "  }\r\n", "}\r\n"].join(""),
    after: [
      "{\r\n",
      '  "anthropic": {\r\n',
      '    "apiKey": "k",\r\n',
      '    "cloudflareGateway": {\r\n',
      '      "accountId": "acc",\r\n',
      '      "gatewayName": "gw"\r\n',
      "    }\r\n",
      "  }\r\n",
      "}\r\n",
    ].join(""),
  },
  {
    name: "line breaks of both kinds",
    before: ["{\n", '  "anthropic": {\r\n', '    "apiKey": "k"\r\n', "  }\n", "}\n"].join(""),
    after: [
      "{\n",
      '  "anthropic": {\r\n',
      '    "apiKey": "k",\r\n',
      '    "cloudflareGateway": {\r\n',
      '      "accountId": "acc",\r\n',
      '      "gatewayName": "gw"\r\n',
      "    }\r\n",
      "  }\n",
      "}\n",
    ].join(""),
  },
  {
    name: "line breaks of old Macs",
    before: ["{\r", '  "anthropic": {\r', '    "apiKey": "k"\r', "  }\r", "}\r"].join(""),
    after: [
      "{\r",
      '  "anthropic": {\r',
      '    "apiKey": "k",\r',
      '    "cloudflareGateway": {\r',
      '      "accountId": "acc",\r',
      '      "gatewayName": "gw"\r',
      "    }\r",
      "  }\r",
      "}\r",
    ].join(""),
  },
  {
    name: "no line break at the end of the file",
    before: `{
  "anthropic": {
    "apiKey": "k"
  }
}`,
    after: `{
  "anthropic": {
    "apiKey": "k",
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}`,
  },
  {
    name: "no space after colons",
    before: `{
  "anthropic":{
    "apiKey":"k"
  }
}
`,
    after: `{
  "anthropic":{
    "apiKey":"k",
    "cloudflareGateway":{
      "accountId":"acc",
      "gatewayName":"gw"
    }
  }
}
`,
  },
  {
    name: "a trailing comma",
    before: `{
  "anthropic": {
    "apiKey": "k",
  },
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k",
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    },
  },
}
`,
  },
  {
    name: "a trailing comma on a line of its own",
    before: `{
  "anthropic": {
    "apiKey": "k"
    ,
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k"
    ,
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    },
  }
}
`,
  },
  {
    name: "a comment behind the last member",
    before: `{
  "anthropic": {
    "apiKey": "k" // mine
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k", // mine
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a block comment between the last member and its comma",
    before: `{
  "anthropic": {
    "apiKey": "k" /* mine */,
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k" /* mine */,
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    },
  }
}
`,
  },
  {
    name: "comments between the last member and the brace",
    before: `{
  "anthropic": {
    "apiKey": "k"
    // until March

    /* and then? */
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k",
    // until March

    /* and then? */
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a comment before the brace on its line",
    before: `{
  "anthropic": {
    "apiKey": "k"
  /* end */ }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k",
  /* end */
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    } }
}
`,
  },
  {
    name: "a comment on one line with everything else",
    before: '{ "anthropic": { "apiKey": "k" /* mine */ } /* all */ }',
    after:
      '{ "anthropic": { "apiKey": "k", /* mine */ "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } } /* all */ }',
  },
  {
    name: "comments before, after and between everything",
    before: `// top
{ // open
  // before
  "anthropic" /* a */ : /* b */ { // c
    /* d */ "apiKey" /* e */ : /* f */ "k" /* g */ // h
  } // i
  // j
} // k
// bottom
`,
    after: `// top
{ // open
  // before
  "anthropic" /* a */ : /* b */ { // c
    /* d */ "apiKey" /* e */ : /* f */ "k", /* g */ // h
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  } // i
  // j
} // k
// bottom
`,
  },
  {
    name: "a block that is commented out",
    before: `{
  "anthropic": {
    "apiKey": "k",
    // "cloudflareGateway": { "accountId": "x", "gatewayName": "y" }
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k",
    // "cloudflareGateway": { "accountId": "x", "gatewayName": "y" }
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    },
  }
}
`,
  },
  {
    name: "a brace behind the last member",
    before: `{
  "anthropic": {
    "apiKey": "k",
    "models": [] }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k",
    "models": [],
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    } }
}
`,
  },
  {
    name: "members that share lines",
    before: `{
  "anthropic": { "apiKey": "k",
    "models": [], "enabled": true
  }
}
`,
    after: `{
  "anthropic": { "apiKey": "k",
    "models": [], "enabled": true,
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a provider that stands twice: the last one counts",
    before: `{
  "anthropic": { "apiKey": "first" },
  "anthropic": { "apiKey": "last" }
}
`,
    after: `{
  "anthropic": { "apiKey": "first" },
  "anthropic": { "apiKey": "last", "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } }
}
`,
  },
  {
    name: "numbers, escapes and surrogate pairs are not respelled",
    before: `{
  "anthropic": {
    "a": 1.0, "b": 1e5, "c": 12345678901234567890, "d": -0,
    "e": "\\u00e9\\/\\ud83d\\ude00 😀"
  }
}
`,
    after: `{
  "anthropic": {
    "a": 1.0, "b": 1e5, "c": 12345678901234567890, "d": -0,
    "e": "\\u00e9\\/\\ud83d\\ude00 😀",
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a file as mux writes it",
    before: `// Providers configuration for mux
// Configure your AI providers here
{
  "anthropic": {
    "apiKey": "k"
  },
  "openai": {
    "apiKey": "k"
  }
}`,
    after: `// Providers configuration for mux
// Configure your AI providers here
{
  "anthropic": {
    "apiKey": "k",
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
    }
  },
  "openai": {
    "apiKey": "k"
  }
}`,
  },
  {
    name: "the name __proto__",
    before: `{
  "__proto__": { "providerType": "openai-compatible" }
}
`,
    after: `{
  "__proto__": { "providerType": "openai-compatible", "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } }
}
`,
    provider: "__proto__",
  },
  {
    name: "the name constructor",
    before: `{
  "constructor": { "providerType": "openai-compatible" }
}
`,
    after: `{
  "constructor": { "providerType": "openai-compatible", "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } }
}
`,
    provider: "constructor",
  },
  {
    name: "a name with a dot",
    before: `{
  "a": { "b": 1 },
  "a.b": { "providerType": "openai-compatible" }
}
`,
    after: `{
  "a": { "b": 1 },
  "a.b": { "providerType": "openai-compatible", "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } }
}
`,
    provider: "a.b",
  },
  {
    name: "a name with a quote and a slash",
    before: `{
  "say \\"hi\\"/\\/": { "providerType": "openai-compatible" }
}
`,
    after: `{
  "say \\"hi\\"/\\/": { "providerType": "openai-compatible", "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } }
}
`,
    provider: 'say "hi"//',
  },
  {
    name: "a name that is an emoji",
    before: `{
  "🚀": { "providerType": "openai-compatible" }
}
`,
    after: `{
  "🚀": { "providerType": "openai-compatible", "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } }
}
`,
    provider: "🚀",
  },
  {
    name: "the empty name",
    before: `{
  "": { "providerType": "openai-compatible" }
}
`,
    after: `{
  "": { "providerType": "openai-compatible", "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } }
}
`,
    provider: "",
  },
  {
    name: "a name that is written with escapes",
    before: `{
  "anthr\\u006fpic": { "apiKey": "k" }
}
`,
    after: `{
  "anthr\\u006fpic": { "apiKey": "k", "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } }
}
`,
  },
  {
    name: "a providerType that is written with escapes",
    before: `{
  "x": { "provider\\u0054ype": "openai\\u002dcompatible" }
}
`,
    after: `{
  "x": { "provider\\u0054ype": "openai\\u002dcompatible", "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } }
}
`,
    provider: "x",
  },
  {
    name: "a token and a segment go into the block",
    before: `{
  "anthropic": {
    "apiKey": "k"
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k",
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw",
      "token": "t",
      "segment": "custom-x"
    }
  }
}
`,
    details: { token: "t", segment: "custom-x" },
  },
  {
    name: "null for a token and a segment that are not there",
    before: '{ "anthropic": { "apiKey": "k" } }',
    after:
      '{ "anthropic": { "apiKey": "k", "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } } }',
    details: { token: null, segment: null },
  },
];

test.each(ROWS)("a block is added: $name", ({ before, after, provider = "anthropic", details }) => {
  const asked = { accountId: "acc", gatewayName: "gw", ...details };
  const changed = applyChange(before, { kind: "enable", provider, details: asked }, "file");
  expect(changed).toEqual({ success: true, data: after ?? before });
});
