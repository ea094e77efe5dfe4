/** The ways to set one property in a text of providers.jsonc, each from bytes to bytes. */
import * as commentJson from "comment-json";
import { applyEdits, modify, parse } from "jsonc-parser";

import { ACCOUNT } from "../faults/sample";
import { applyChange } from "../../src/main/config/testing/edit-text";
import { decodeText } from "../../src/main/disk/file-bytes";

export interface Contender {
  readonly name: string;
  readonly short: string;
  /** Sets the gateway name of `openai`. */
  readonly change: (bytes: Buffer, gatewayName: string) => Buffer;
}

const PATH = ["openai", "cloudflareGateway", "gatewayName"];

interface WithGateway {
  openai: { cloudflareGateway: { gatewayName: string } };
}

export const CONTENDERS = {
  ours: {
    name: "parse, splice, parse again and compare",
    short: "ours",
    change: (bytes, gatewayName) => {
      const text = decodeText(bytes, "providers.jsonc");
      if (!text.success) throw new Error(text.error.message);
      const details = { accountId: ACCOUNT, gatewayName };
      const after = applyChange(
        text.data,
        { kind: "enable", provider: "openai", details },
        "providers.jsonc",
      );
      if (!after.success) throw new Error(after.error.message);
      return Buffer.from(after.data);
    },
  },
  jsoncParser: {
    name: "jsonc-parser: modify, applyEdits",
    short: "jsonc-parser",
    change: (bytes, gatewayName) => {
      const text = bytes.toString();
      const formattingOptions = { insertSpaces: true, tabSize: 2 };
      return Buffer.from(applyEdits(text, modify(text, PATH, gatewayName, { formattingOptions })));
    },
  },
  commentJson: {
    name: "comment-json: parse, stringify",
    short: "comment-json",
    change: (bytes, gatewayName) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the sample's own shape
      const data = commentJson.parse(bytes.toString()) as unknown as WithGateway;
      data.openai.cloudflareGateway.gatewayName = gatewayName;
      return Buffer.from(commentJson.stringify(data, null, 2));
    },
  },
  mux: {
    name: "mux's way: parse, stringify",
    short: "mux's way",
    change: (bytes, gatewayName) => {
      const data: WithGateway = parse(bytes.toString(), [], { allowTrailingComma: true });
      data.openai.cloudflareGateway.gatewayName = gatewayName;
      return Buffer.from(JSON.stringify(data, null, 2));
    },
  },
} as const satisfies Record<string, Contender>;
