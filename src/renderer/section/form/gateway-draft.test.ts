import { describe, expect, it } from "vitest";

import { ACCOUNT, block, gateway, MOONSHOT, provider } from "../../testing/sample-views";
import { changeOf, changesOf, inputOf } from "./form-changes";
import { fieldsOf, previewBaseUrl, problemsOf } from "./gateway-draft";
import { TypedToken } from "../data/typed-token";
import { hasSegmentField } from "../words/segments";

const usual = { accountId: ACCOUNT, gatewayName: "usual" };
const known = { usual, gateways: [gateway(usual)], environmentGateway: null };
const NONE = { usual: null, gateways: [], environmentGateway: null };
const OTHER_ACCOUNT = "f".repeat(32);

describe("the fields of a form", () => {
  it("show what was typed over the block, and the block over the usual gateway", () => {
    const routed = provider({ gateway: block() });
    expect(fieldsOf(provider(), known, null).gatewayName).toBe("usual");
    expect(fieldsOf(routed, known, null).gatewayName).toBe("my-gateway");
    expect(fieldsOf(routed, known, { gatewayName: "", seen: "" }).gatewayName).toBe("");
  });

  it("follow the file where nothing was typed", () => {
    const draft = { gatewayName: "typed", seen: "mark-1" };
    const other = provider({ gateway: block({ accountId: "f".repeat(32) }) });
    expect(fieldsOf(other, known, draft)).toMatchObject({
      accountId: "f".repeat(32),
      gatewayName: "typed",
    });
  });

  it("are refused with the sentence that main would use, around which spaces do not count", () => {
    const fields = {
      accountId: ` ${ACCOUNT} `,
      gatewayName: "My Gateway",
      host: "",
      segment: "",
      token: undefined,
    };
    const problems = problemsOf(provider(), fields, known);
    expect(Object.keys(problems)).toEqual(["gatewayName"]);
    expect(problems.gatewayName).toContain("a space");
  });

  it("ask for a segment only where Cloudflare does not know the host", () => {
    expect(hasSegmentField(provider())).toBe(false);
    expect(hasSegmentField(MOONSHOT)).toBe(true);
    expect(hasSegmentField(provider({ gateway: block({ segment: "custom-a" }) }))).toBe(true);
    const fields = fieldsOf(MOONSHOT, known, null);
    expect(Object.keys(problemsOf(MOONSHOT, fields, known))).toEqual(["segment"]);
    expect(problemsOf(MOONSHOT, { ...fields, segment: "custom-moon" }, known)).toEqual({});
  });

  it("preview the exact address that saving produces", () => {
    const fields = { ...fieldsOf(MOONSHOT, known, null), segment: " custom-moon " };
    expect(previewBaseUrl(MOONSHOT, fields)).toEqual({
      success: true,
      data: `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/usual/custom-moon/v1`,
    });
  });
});

describe("what saving sends", () => {
  const routed = provider({ gateway: block({ segment: "custom-a", hasToken: true }) });
  const fields = fieldsOf(routed, NONE, null);

  it("leaves an untouched token and an absent segment out", () => {
    expect(inputOf(routed, fields)).not.toHaveProperty("token");
    expect(inputOf(provider(), fieldsOf(provider(), known, null))).toEqual({
      provider: "anthropic",
      ...usual,
    });
  });

  it("sends null for an open gateway and for an emptied segment", () => {
    expect(inputOf(routed, { ...fields, token: null, segment: "" })).toMatchObject({
      token: null,
      segment: null,
    });
  });

  it("trims a new token", () => {
    const { token } = inputOf(routed, { ...fields, token: new TypedToken(" secret\n") });
    expect(token).toHaveProperty("text", "secret");
  });
});

describe("the token of a gateway", () => {
  const direct = provider();
  const fields = fieldsOf(direct, known, null);
  const at = (state: "all" | "some" | "none" | "different" | "open") => ({
    ...known,
    gateways: [gateway({ ...usual, token: state })],
  });

  it.each([
    ["all", {}],
    ["some", {}],
    ["open", {}],
    ["none", { token: expect.stringContaining("Enter the gateway’s token") }],
    ["different", { token: expect.stringContaining("Choose whose token") }],
  ] as const)("is required when it cannot be known: %s", (state, problems) => {
    expect(problemsOf(direct, fields, at(state))).toEqual(problems);
  });

  it("is shared by the gateways of an account, and never with another account", () => {
    const second = { ...fields, gatewayName: "second" };
    expect(problemsOf(direct, second, known)).toEqual({});
    const elsewhere = { ...second, accountId: OTHER_ACCOUNT };
    expect(Object.keys(problemsOf(direct, elsewhere, known))).toEqual(["token"]);
  });

  it("is not required once the gateway is marked as open or another choice is made", () => {
    for (const token of [null, { from: "environment" }, new TypedToken("secret")] as const) {
      expect(problemsOf(direct, { ...fields, token }, at("none"))).toEqual({});
    }
    const empty = { ...fields, token: new TypedToken("") };
    expect(Object.keys(problemsOf(direct, empty, at("none")))).toEqual(["token"]);
  });

  it("is chosen by main when a provider joins, so the call has no token", () => {
    const change = changeOf(direct, inputOf(direct, fields), known, "shown");
    expect(change).toEqual({
      call: "route",
      input: { gateway: usual, providers: [{ provider: "anthropic" }] },
      expecting: "shown",
    });
  });

  it("can be entered for a provider without a key, with a call for that provider alone", () => {
    const keyless = provider({ keySource: "none" });
    const input = inputOf(keyless, { ...fields, token: new TypedToken("secret") });
    expect(changeOf(keyless, input, NONE, "shown")).toMatchObject({
      call: "enable",
      input: { ...usual, token: { text: "secret" } },
    });
    const open = inputOf(keyless, { ...fields, token: null });
    expect(changeOf(keyless, open, NONE, "shown")).toEqual({
      call: "enable",
      input: { provider: "anthropic", ...usual, open: true },
      expecting: "shown",
    });
  });

  it("stays when a block has its own, or continues without one", () => {
    const own = block({ gatewayName: "own", hasToken: true });
    for (const each of [
      provider({ gateway: own }),
      provider({ gateway: block({ gatewayName: "own" }) }),
    ]) {
      const blockGateway = gateway({
        gatewayName: "own",
        token: own === each.gateway ? "all" : "none",
      });
      const its = { usual: null, gateways: [blockGateway], environmentGateway: null };
      const input = inputOf(each, fieldsOf(each, its, null));
      expect(changeOf(each, input, its, "shown")).toMatchObject({ call: "enable", input });
    }
  });

  it("is given to all providers of a gateway before another one joins", () => {
    const mine = gateway({ ...usual, active: ["xai"], token: "none" });
    const its = { usual, gateways: [mine], environmentGateway: null };
    const input = inputOf(direct, { ...fields, token: new TypedToken("secret") });
    expect(changesOf(direct, input, its, "shown")).toMatchObject([
      { call: "updateGateway", input: { gateway: usual, change: { token: { text: "secret" } } } },
      { call: "route", input: { gateway: usual, providers: [{ provider: "anthropic" }] } },
    ]);
    const joining = changesOf(direct, input, its, "shown")[1];
    expect(joining).not.toHaveProperty("input.gateway.token");
  });
});
