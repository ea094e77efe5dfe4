import { describe, expect, it } from "vitest";

import { ACCOUNT, block, MOONSHOT, provider } from "../../testing/sample-views";
import { enableInputOf, fieldsOf, previewBaseUrl, problemsOf } from "./gateway-draft";
import { TypedToken } from "../data/typed-token";
import { hasSegmentField } from "../words/segments";

const usual = { accountId: ACCOUNT, gatewayName: "usual" };

describe("the fields of a form", () => {
  it("show what was typed over the block, and the block over the usual gateway", () => {
    const routed = provider({ gateway: block() });
    expect(fieldsOf(provider(), usual, null).gatewayName).toBe("usual");
    expect(fieldsOf(routed, usual, null).gatewayName).toBe("my-gateway");
    expect(fieldsOf(routed, usual, { gatewayName: "", seen: "" }).gatewayName).toBe("");
  });

  it("follow the file where nothing was typed", () => {
    const draft = { gatewayName: "typed", seen: "mark-1" };
    const other = provider({ gateway: block({ accountId: "f".repeat(32) }) });
    expect(fieldsOf(other, usual, draft)).toMatchObject({
      accountId: "f".repeat(32),
      gatewayName: "typed",
    });
  });

  it("are refused with the sentence that main would use, around which spaces do not count", () => {
    const fields = {
      accountId: ` ${ACCOUNT} `,
      gatewayName: "My Gateway",
      segment: "",
      token: undefined,
    };
    const problems = problemsOf(provider(), fields);
    expect(Object.keys(problems)).toEqual(["gatewayName"]);
    expect(problems.gatewayName).toContain("a space");
  });

  it("ask for a segment only where Cloudflare does not know the host", () => {
    expect(hasSegmentField(provider())).toBe(false);
    expect(hasSegmentField(MOONSHOT)).toBe(true);
    expect(hasSegmentField(provider({ gateway: block({ segment: "custom-a" }) }))).toBe(true);
    const fields = fieldsOf(MOONSHOT, usual, null);
    expect(Object.keys(problemsOf(MOONSHOT, fields))).toEqual(["segment"]);
    expect(problemsOf(MOONSHOT, { ...fields, segment: "custom-moon" })).toEqual({});
  });

  it("preview the very address that saving gives", () => {
    const fields = { ...fieldsOf(MOONSHOT, usual, null), segment: " custom-moon " };
    expect(previewBaseUrl(MOONSHOT, fields)).toEqual({
      success: true,
      data: `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/usual/custom-moon/v1`,
    });
  });
});

describe("what saving sends", () => {
  const routed = provider({ gateway: block({ segment: "custom-a", hasToken: true }) });
  const fields = fieldsOf(routed, null, null);

  it("leaves an untouched token and an absent segment out", () => {
    expect(enableInputOf(routed, fields)).not.toHaveProperty("token");
    expect(enableInputOf(provider(), fieldsOf(provider(), usual, null))).toEqual({
      provider: "anthropic",
      ...usual,
    });
  });

  it("removes a token with null and an emptied segment likewise", () => {
    expect(enableInputOf(routed, { ...fields, token: null, segment: "" })).toMatchObject({
      token: null,
      segment: null,
    });
  });

  it("trims a new token", () => {
    expect(
      enableInputOf(routed, { ...fields, token: new TypedToken(" secret\n") }).token?.text,
    ).toBe("secret");
  });
});
