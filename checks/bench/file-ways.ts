/** The ways to make one change of a routed provider in a text of providers.jsonc. */
import * as commentJson from "comment-json";
import { applyEdits, modify, parse } from "jsonc-parser";

import { gatewayBaseUrl } from "../../src/shared/gateway-url";
import { planEnable } from "../../src/main/config/change-provider";
import type { ChangeContext } from "../../src/main/config/mirror-edits";
import type { ReadProvider } from "../../src/main/config/providers";
import { snapshotOf } from "../../src/main/config/snapshot";
import { changeDocument } from "../../src/main/jsonc/change-document";
import type { Document } from "../../src/main/jsonc/document";
import { ACCOUNT, sampleText } from "../faults/sample";

const FILE = "providers.jsonc";
const CONTEXT: ChangeContext = { file: FILE, env: {}, mirror: true, domains: [] };

/** A file whose `openai` is routed and mirrored. */
export interface Sample {
  readonly bytes: Buffer;
  /** Parsed in advance, because every change starts from a snapshot. */
  readonly document: Document;
  readonly provider: ReadProvider;
}

export function sampleOf(bytes: number): Sample {
  const { document, provider } = read(Buffer.from(sampleText(bytes)));
  return read(changed(document, provider, "g-0"));
}

function read(bytes: Buffer): Sample {
  const { document, providers } = snapshotOf({ success: true, data: bytes }, FILE);
  const provider = providers.find(({ config }) => config.id === "openai");
  if (!document.success || !provider) throw new Error("the sample cannot be read");
  return { bytes, document: document.data, provider };
}

function changed(document: Document, provider: ReadProvider, gatewayName: string): Buffer {
  const planned = planEnable(document, provider, { accountId: ACCOUNT, gatewayName }, CONTEXT);
  if (!planned.success) throw new Error(planned.error.message);
  const after = changeDocument(document, [planned.data.finished()], FILE);
  if (!after.success) throw new Error(after.error.message);
  return Buffer.from(after.data.text);
}

export interface Contender {
  readonly name: string;
  readonly short: string;
  /** Sets the gateway name of `openai`, and the base URL that mirrors it. */
  readonly change: (sample: Sample, gatewayName: string) => Buffer;
}

interface WithGateway {
  openai: { cloudflareGateway: { gatewayName: string }; baseUrl: string };
}

function baseUrlOf(gatewayName: string): string {
  const url = gatewayBaseUrl(
    { id: "openai", kind: "built-in", ownBaseUrl: null },
    { accountId: ACCOUNT, gatewayName, segment: null },
  );
  if (!url.success) throw new Error(url.error.message);
  return url.data;
}

function setIn(data: WithGateway, gatewayName: string): WithGateway {
  data.openai.cloudflareGateway.gatewayName = gatewayName;
  data.openai.baseUrl = baseUrlOf(gatewayName);
  return data;
}

export const CONTENDERS = {
  ours: {
    name: "splice, parse and compare",
    short: "ours",
    change: ({ document, provider }, gatewayName) => changed(document, provider, gatewayName),
  },
  jsoncParser: {
    name: "jsonc-parser: modify, applyEdits",
    short: "jsonc-parser",
    change: ({ bytes }, gatewayName) => {
      const formattingOptions = { insertSpaces: true, tabSize: 2 };
      let text = bytes.toString();
      for (const [path, value] of [
        [["openai", "cloudflareGateway", "gatewayName"], gatewayName],
        [["openai", "baseUrl"], baseUrlOf(gatewayName)],
      ] as const) {
        text = applyEdits(text, modify(text, [...path], value, { formattingOptions }));
      }
      return Buffer.from(text);
    },
  },
  commentJson: {
    name: "comment-json: parse, stringify",
    short: "comment-json",
    change: ({ bytes }, gatewayName) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the sample's own shape
      const data = commentJson.parse(bytes.toString()) as unknown as WithGateway;
      return Buffer.from(commentJson.stringify(setIn(data, gatewayName), null, 2));
    },
  },
  mux: {
    name: "mux's way: parse, stringify",
    short: "mux's way",
    change: ({ bytes }, gatewayName) => {
      const data: WithGateway = parse(bytes.toString(), [], { allowTrailingComma: true });
      return Buffer.from(JSON.stringify(setIn(data, gatewayName), null, 2));
    },
  },
} as const satisfies Record<string, Contender>;
