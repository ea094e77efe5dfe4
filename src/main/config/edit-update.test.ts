/** Switching on where there is a block already: whole texts before and after. */
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
    name: "a block that is as asked is left alone",
    before: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
  },
  {
    name: "only the strings that differ are replaced",
    before: `{
  "anthropic": {
    "cloudflareGateway": {
      "accountId" : "old", // account
      "gatewayName": "gw" // name
    }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": {
      "accountId" : "acc", // account
      "gatewayName": "gw" // name
    }
  }
}
`,
  },
  {
    name: "the block as the first member",
    before: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "x", "gatewayName": "y" },
    "apiKey": "k"
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" },
    "apiKey": "k"
  }
}
`,
  },
  {
    name: "the block in the middle",
    before: `{
  "anthropic": {
    "models": [],
    "cloudflareGateway": { "accountId": "x", "gatewayName": "y" }, // gateway
    "apiKey": "k"
  }
}
`,
    after: `{
  "anthropic": {
    "models": [],
    "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" }, // gateway
    "apiKey": "k"
  }
}
`,
  },
  {
    name: "the members of the block in another order",
    before: `{
  "anthropic": {
    "cloudflareGateway": { "gatewayName": "y", "accountId": "x" }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": { "gatewayName": "gw", "accountId": "acc" }
  }
}
`,
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
    "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
  },
  {
    name: "an empty block of a minified file",
    before: '{"anthropic":{"apiKey":"k","cloudflareGateway":{}}}',
    after:
      '{"anthropic":{"apiKey":"k","cloudflareGateway":{"accountId":"acc","gatewayName":"gw"}}}',
  },
  {
    name: "an empty block on two lines",
    before: `{
  "anthropic": {
    "cloudflareGateway": {
    }
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
    name: "a block with only a comment in it",
    before: `{
  "anthropic": {
    "cloudflareGateway": {
      // later
    }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": {
      // later
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a block without a gateway name",
    before: `{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc", // account
    }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc", // account
      "gatewayName": "gw",
    }
  }
}
`,
  },
  {
    name: "values that are no strings are replaced",
    before: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": 12, "gatewayName": null }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
  },
  {
    name: "unknown members and comments stay",
    before: `{
  "anthropic": {
    "cloudflareGateway": {
      // mine
      "note": [1, 2], /* n */
      "accountId": "x",
      "gatewayName": "y"
    }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": {
      // mine
      "note": [1, 2], /* n */
      "accountId": "acc",
      "gatewayName": "gw"
    }
  }
}
`,
  },
  {
    name: "a member that stands twice in the block: the last one is edited",
    before: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "1", "accountId": "2", "gatewayName": "gw" }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "1", "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
  },
  {
    name: "what is not said stays",
    before: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "x", "gatewayName": "y", "token": "t", "segment": "custom-s" }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw", "token": "t", "segment": "custom-s" }
  }
}
`,
  },
  {
    name: "a token is replaced",
    before: `{
  "anthropic": {
    "cloudflareGateway": { "token": "old", "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": { "token": "new", "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
    details: { token: "new" },
  },
  {
    name: "a token is added behind the rest",
    before: `{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw" // name
    }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw", // name
      "token": "new"
    }
  }
}
`,
    details: { token: "new" },
  },
  {
    name: "a token is removed, and the comment behind it stays",
    before: `{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw",
      "token": "t" // secret
    }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "gw"
      // secret
    }
  }
}
`,
    details: { token: null },
  },
  {
    name: "a token that stands twice is removed twice",
    before: `{
  "anthropic": {
    "cloudflareGateway": { "token": "a", "accountId": "acc", "gatewayName": "gw", "token": "b" }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
    details: { token: null },
  },
  {
    name: "a segment is removed while names are added",
    before: `{
  "anthropic": {
    "cloudflareGateway": { "segment": "custom-s" }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
    details: { segment: null },
  },
  {
    name: "a disabled block is renamed",
    before: `{
  "anthropic": {
    "cloudflareGatewayDisabled": { "accountId": "acc", "gatewayName": "gw" } // off
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } // off
  }
}
`,
  },
  {
    name: "a disabled block is renamed and updated",
    before: `{
  "anthropic": {
    "cloudflareGatewayDisabled": {
      "accountId": "x", // account
      "gatewayName": "gw"
    },
    "apiKey": "k"
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "acc", // account
      "gatewayName": "gw"
    },
    "apiKey": "k"
  }
}
`,
  },
  {
    name: "a disabled block beside an active one is left alone",
    before: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "x", "gatewayName": "gw" },
    "cloudflareGatewayDisabled": { "accountId": "y", "gatewayName": "z" }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" },
    "cloudflareGatewayDisabled": { "accountId": "y", "gatewayName": "z" }
  }
}
`,
  },
  {
    name: "a block key that is written with escapes",
    before: `{
  "anthropic": {
    "cloudflare\\u0047ateway": { "accountId": "x", "gatewayName": "y" }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflare\\u0047ateway": { "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
  },
  {
    name: "a disabled key that is written with escapes",
    before: `{
  "anthropic": {
    "\\u0063loudflareGatewayDisabled": { "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
    after: `{
  "anthropic": {
    "\\u0063loudflareGateway": { "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
  },
  {
    name: "a disabled key whose last letters are escapes",
    before: `{
  "anthropic": {
    "cloudflareGatewayDisable\\u0064": { "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
    after: `{
  "anthropic": {
    "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" }
  }
}
`,
  },
  {
    name: "the last of two providers of one name",
    before: `{
  "anthropic": { "cloudflareGateway": { "accountId": "x", "gatewayName": "y" } },
  "anthropic": { "cloudflareGateway": { "accountId": "x", "gatewayName": "y" } }
}
`,
    after: `{
  "anthropic": { "cloudflareGateway": { "accountId": "x", "gatewayName": "y" } },
  "anthropic": { "cloudflareGateway": { "accountId": "acc", "gatewayName": "gw" } }
}
`,
  },
];

test.each(ROWS)(
  "a block is updated: $name",
  ({ before, after, provider = "anthropic", details }) => {
    const asked = { accountId: "acc", gatewayName: "gw", ...details };
    const changed = applyChange(before, { kind: "enable", provider, details: asked }, "file");
    expect(changed).toEqual({ success: true, data: after ?? before });
  },
);
