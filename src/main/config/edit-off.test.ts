/** Switching off: whole texts before and after. */
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
    name: "renames the key and nothing else",
    before: `{
  "anthropic": {
    "apiKey": "k", // mine
    "cloudflareGateway": { // gateway
      "accountId": "acc", "gatewayName": "gw",
    },
  }
}
`,
    after: `{
  "anthropic": {
    "apiKey": "k", // mine
    "cloudflareGatewayDisabled": { // gateway
      "accountId": "acc", "gatewayName": "gw",
    },
  }
}
`,
  },
  {
    name: "a block that is off already",
    before: `{
  "anthropic": {
    "cloudflareGatewayDisabled": { "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
  },
  {
    name: "a minified file",
    before: '{"anthropic":{"cloudflareGateway":{"accountId":"acc","gatewayName":"gw"}}}',
    after: '{"anthropic":{"cloudflareGatewayDisabled":{"accountId":"acc","gatewayName":"gw"}}}',
  },
  {
    name: "a key that is written with escapes keeps its spelling",
    before: `{
  "anthropic": {
    "cloudflare\\u0047ateway": { "accountId": "acc" }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflare\\u0047atewayDisabled": { "accountId": "acc" }
  }
}
`,
  },
  {
    name: "an older disabled block before it goes",
    before: `{
  "anthropic": {
    "cloudflareGatewayDisabled": { "accountId": "old" },
    "cloudflareGateway": { "accountId": "acc" }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGatewayDisabled": { "accountId": "acc" }
  }
}
`,
  },
  {
    name: "an older disabled block behind it goes",
    before: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "acc" }, // work
    "cloudflareGatewayDisabled": {
      "accountId": "old" // gone
    }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGatewayDisabled": { "accountId": "acc" } // work
  }
}
`,
  },
  {
    name: "an older disabled block that is no object goes",
    before:
      '{ "anthropic": { "cloudflareGateway": { "accountId": "acc" }, "cloudflareGatewayDisabled": null, "apiKey": "k" } }',
    after:
      '{ "anthropic": { "cloudflareGatewayDisabled": { "accountId": "acc" }, "apiKey": "k" } }',
  },
  {
    name: "an empty block",
    before: `{
  "anthropic": {
    "cloudflareGateway": {}
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGatewayDisabled": {}
  }
}
`,
  },
  {
    name: "the last of two providers of one name",
    before: `{
  "openai": { "cloudflareGateway": {} },
  "anthropic": { "cloudflareGateway": {} },
  "anthropic": { "cloudflareGateway": {} }
}
`,
    after: `{
  "openai": { "cloudflareGateway": {} },
  "anthropic": { "cloudflareGateway": {} },
  "anthropic": { "cloudflareGatewayDisabled": {} }
}
`,
  },
];

test.each(ROWS)("a block is switched off: $name", ({ before, after }) => {
  const changed = applyChange(before, { kind: "disable", provider: "anthropic" }, "file");
  expect(changed).toEqual({ success: true, data: after ?? before });
});
