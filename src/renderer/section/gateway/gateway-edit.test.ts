import { describe, expect, it } from "vitest";

import { ACCOUNT, block, gateway, provider } from "../../testing/sample-views";
import { TypedToken } from "../data/typed-token";
import { editProblems, editSituation, updateChange } from "./gateway-edit";

const OTHER_ACCOUNT = "f".repeat(32);
const MINE = gateway({ active: ["anthropic"] });
const at = (gatewayName: string, accountId = ACCOUNT) => ({ accountId, gatewayName });

describe("the token of an edited gateway", () => {
  it.each([
    ["all", "stored"],
    ["some", "stored"],
    ["none", "optional"],
    ["open", "open"],
    ["different", "different"],
  ] as const)("is %s in the file, so the form shows it as %s", (token, situation) => {
    const own = gateway({ token });
    expect(editSituation(own, own, [own])).toBe(situation);
  });

  it("stays when only the name changes, and is required for another account", () => {
    expect(editSituation(MINE, at("renamed"), [MINE])).toBe("stored");
    expect(editSituation(MINE, at("renamed", OTHER_ACCOUNT), [MINE])).toBe("needed");
  });

  it("is required for a new gateway in an account without a token", () => {
    expect(editSituation(null, at("new"), [])).toBe("needed");
    expect(editSituation(null, at("new"), [MINE])).toBe("account");
    const fields = { ...at("new"), host: "", token: undefined };
    expect(Object.keys(editProblems(fields, "needed"))).toEqual(["token"]);
    expect(editProblems({ ...fields, token: null }, "needed")).toEqual({});
    expect(editProblems({ ...fields, token: new TypedToken("a b") }, "needed").token).toContain(
      "space",
    );
  });
});

describe("saving a gateway's form", () => {
  const user = provider({ route: "gateway", gateway: block({ hasToken: true }) });
  const team = gateway({ gatewayName: "team", active: ["xai"], isUsual: false });
  const teamUser = provider({
    id: "xai",
    route: "gateway",
    gateway: block({ gatewayName: "team", hasToken: true }),
  });
  const inFile = { gateways: [MINE, team], providers: [user, teamUser] };

  it("sends nothing when nothing was edited", () => {
    expect(updateChange(MINE, at("my-gateway"), undefined, inFile)).toBeNull();
    expect(updateChange(MINE, at("my-gateway"), new TypedToken(""), inFile)).toBeNull();
  });

  it("sends only edited members, and leaves the token of the account to main", () => {
    expect(updateChange(MINE, at("renamed"), undefined, inFile)?.input).toEqual({
      gateway: at("my-gateway"),
      change: { gatewayName: "renamed" },
    });
  });

  it("uses the target's token when providers move to another gateway", () => {
    expect(updateChange(MINE, at("team"), undefined, inFile)?.input.change).toEqual({
      gatewayName: "team",
      token: { from: "provider", provider: "xai" },
    });
    const open = { ...inFile, gateways: [MINE, { ...team, token: "open" as const }] };
    expect(updateChange(MINE, at("team"), undefined, open)?.input.change).toEqual({
      gatewayName: "team",
      token: null,
    });
  });

  it("never takes a token to another account that has none", () => {
    expect(updateChange(MINE, at("far", OTHER_ACCOUNT), undefined, inFile)?.input.change).toEqual({
      accountId: OTHER_ACCOUNT,
      gatewayName: "far",
    });
  });
});
