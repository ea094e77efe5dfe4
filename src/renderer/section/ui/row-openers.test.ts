import { expect, it } from "vitest";

import { createRowOpeners } from "./row-openers";

it("opens a rendered row on the requested tab and field", () => {
  const openers = createRowOpeners();
  const opened: unknown[] = [];
  openers.add("openai", (tab, focus) => opened.push([tab, focus]));
  openers.open("openai", "settings", "token");
  expect(opened).toEqual([["settings", "token"]]);
});

it("notifies the list first, and opens the row once it is rendered", () => {
  const openers = createRowOpeners();
  const opened: unknown[] = [];
  openers.beforeOpen((provider) => opened.push(`show ${provider}`));
  openers.open("openai", "test");
  openers.add("google", (tab) => opened.push(`google ${tab}`));
  openers.add("openai", (tab) => opened.push(`openai ${tab}`));
  openers.add("openai", (tab) => opened.push(`again ${tab}`));
  expect(opened).toEqual(["show openai", "openai test"]);
});

it("opens only the last requested row of those that are not rendered yet", () => {
  const openers = createRowOpeners();
  const opened: string[] = [];
  openers.open("openai", "test");
  openers.open("google", "test");
  openers.add("openai", () => opened.push("openai"));
  openers.add("google", () => opened.push("google"));
  expect(opened).toEqual(["google"]);
});

it("keeps the newer opener when the older one is removed after it", () => {
  const openers = createRowOpeners();
  const opened: string[] = [];
  const remove = openers.add("openai", () => opened.push("old"));
  openers.add("openai", () => opened.push("new"));
  remove();
  openers.open("openai", "test");
  expect(opened).toEqual(["new"]);
});
