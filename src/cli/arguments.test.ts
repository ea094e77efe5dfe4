import { describe, expect, it } from "vitest";

import { parseArguments } from "./arguments";
import { HELP } from "./help";

const SECRET = "cf-token-Q7xW2mRk9TzN4vLp";

function messageOf(...args: readonly string[]): string {
  const parsed = parseArguments(args);
  return parsed.success ? `accepted as ${parsed.command.name}` : parsed.message;
}

describe("the arguments", () => {
  it("reads every option of “on”", () => {
    const args = ["on", "openai", "--account", "a1", "--gateway=g", "--segment", "custom-x"];
    const others = ["--token-stdin", "--no-mirror", "--home", "/srv/mux", "--json"];
    expect(parseArguments([...args, ...others])).toEqual({
      success: true,
      command: {
        name: "on",
        home: "/srv/mux",
        json: true,
        selection: { all: false, names: ["openai"] },
        accountId: "a1",
        gatewayName: "g",
        host: null,
        confirmHost: false,
        segment: "custom-x",
        token: "stdin",
        mirror: false,
      },
    });
  });

  it.each([
    [[], null],
    [["g"], "g"],
    [["--gateway", "g"], "g"],
  ])("takes the gateway of “doctor” from %j", (args, gatewayName) => {
    expect(parseArguments(["doctor", ...args, "--account", "a"])).toEqual({
      success: true,
      command: { name: "doctor", home: null, json: false, gatewayName, accountId: "a", host: null },
    });
  });

  it("takes a name twice once, and every name after “--”", () => {
    const parsed = parseArguments(["off", "openai", "openai", "--", "--all", "-x"]);
    expect(parsed).toMatchObject({
      command: { selection: { all: false, names: ["openai", "--all", "-x"] } },
    });
  });

  it.each([
    [[], "Enter a command."],
    [["on"], "Enter at least one provider, or --all, after “on”."],
    [["on", "openai", "--all"], "Enter providers or --all, not both."],
    [["status", "openai"], "“status” does not take a provider."],
    [["doctor", "a", "b"], "“doctor” takes one gateway."],
    [["doctor", "a", "--gateway", "a"], "“doctor” takes one gateway."],
    [["doctor", "--all"], "“doctor” does not take --all."],
    [["test", "openai", "--no-mirror"], "“test” does not take --no-mirror."],
    [["off", "--all", "--account", "x"], "“off” does not take --account."],
    [["on", "openai", "--account"], "--account needs a value."],
    [["on", "openai", "--account", "--gateway", "g"], "--account needs a value."],
    [["on", "openai", "--home="], "--home needs a value."],
    [["on", "openai", "--gateway", "a", "--gateway", "b"], "--gateway can be given only once."],
    [
      ["on", "--all", "--segment", "custom-x"],
      "--segment belongs to one provider. Enter that provider alone.",
    ],
    [
      ["on", "openai", "--token-stdin", "--no-token"],
      "Enter --token-stdin or --no-token, not both.",
    ],
    [["on", "openai", "--all=yes"], "--all does not take a value."],
    [["off", "openai", ""], "The name of a provider is empty."],
    [[""], "The first argument is not a known command."],
    [["route", "openai"], "The first argument is not a known command: route."],
    [["status", "--verbose"], "Argument 2 is not a known option: verbose."],
    [["__proto__"], "The first argument is not a known command."],
    [["status", "--__proto__"], "Argument 2 is not a known option."],
    [["status", "--constructor=x"], "Argument 2 is not a known option: constructor."],
  ])("refuses %j", (args, message) => {
    expect(messageOf(...args)).toBe(message);
  });

  it.each([
    [["on", "openai", `--token=${SECRET}`]],
    [["on", "openai", "--token", SECRET]],
    [["on", "openai", `--token-stdin=${SECRET}`]],
    [["on", "openai", "--api-key", SECRET]],
    [["on", "openai", "--cf-aig-authorization", SECRET]],
    [["on", "openai", `--${SECRET}`]],
    [["on", "openai", `-${SECRET}`]],
    [["on", "openai", `--all=${SECRET}`]],
    [[SECRET]],
    [["status", SECRET]],
  ])("refuses a token in %j without repeating it", (args) => {
    const message = messageOf(...args);
    expect(message).not.toMatch(/^accepted/);
    expect(message).not.toContain(SECRET);
    expect(message).not.toContain(SECRET.slice(0, 8));
  });

  it.each([[["help"]], [["--help"]], [["-h"]], [["on", "--help"]], [["help", "on"]]])(
    "shows the help for %j",
    (args) => {
      expect(parseArguments(args)).toMatchObject({ success: true, command: { name: "help" } });
    },
  );
});

it.each([
  [["--json"], true],
  [["--json=x", "status"], true],
  [["status", "--home", "--json"], true],
  [["status", "--", "--json"], false],
])("tells for %j whether JSON was asked for", (args, json) => {
  expect(parseArguments(args)).toMatchObject({ success: false, json });
});

it("the help fits on a screen of 80 by 24 characters", () => {
  const lines = HELP.trimEnd().split("\n");
  expect(lines.length).toBeLessThan(24);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});
