/** The sentences about changes that were made, undone or not saved, and about help. */
import type { Action, Undone } from "../../../shared/gateways";
import { listed } from "../../../shared/listed";

/** The action as the user would ask for it, for "Undid: …". */
const ACTIONS: { readonly [Name in Action]: (names: string) => string } = {
  enable: (names) => `change the gateway of ${names}`,
  route: (names) => `route ${names} through a gateway`,
  updateGateway: (names) => `change the gateway of ${names}`,
  confirmDomain: () => "confirm a domain",
  disable: (names) => `send ${names} direct`,
  direct: (names) => `send ${names} direct`,
  forget: (names) => `remove the gateway settings of ${names}`,
  remove: (names) => `remove the gateway settings of ${names}`,
  fix: (names) => `fix ${names}`,
  setMirror: () => "change the compatibility setting",
};

export const changeWords = {
  changed: {
    on: (name: string, gateway: string) => `${name} now uses ${gateway}.`,
    off: (name: string) => `${name} is set to go direct.`,
    offByHand: (name: string, gateway: string) =>
      `${name} now uses its own base URL, which points to ${gateway}.`,
    saved: (name: string, gateway: string) => `Saved. ${name} uses ${gateway}.`,
    followed: (name: string, others: number, gateway: string) =>
      others === 0
        ? `Saved. ${name} uses ${gateway}.`
        : `Saved. ${name} and ${others === 1 ? "1 other" : `${others} others`} use ${gateway}.`,
    forgotten: (name: string) => `Removed the gateway settings of ${name}.`,
    fixed: (name: string) => `Fixed ${name}.`,
    logged:
      "By default, Cloudflare logs prompts and responses. You can turn this off in the gateway’s settings.",
    undo: "Undo",
    dismiss: "Dismiss",
  },
  undone: {
    /** The undone actions, the last one first; empty if they are unknown. */
    sentence: (undone: readonly Undone[], nameOf: (provider: string) => string) => {
      const first = undone.at(-1);
      if (first === undefined) return "Undid the last change.";
      const providers = new Set(undone.flatMap((each) => each.providers));
      return `Undid: ${ACTIONS[first.action](listed([...providers].map(nameOf)))}.`;
    },
  },
  copy: {
    copy: (what: string) => `Copy ${what}`,
    copied: "Copied",
    failed: "The text could not be copied.",
    baseUrl: "the base URL",
    logId: "the log ID",
  },
  dialog: { close: "Close" },
  leave: {
    title: "Close without saving?",
    text: (names: readonly string[]) =>
      `Your edits for ${listed(names)} are not saved in providers.jsonc yet.`,
    yes: "Close without saving",
    no: "Keep editing",
  },
  guide: {
    open: "Guide",
    title: "Guide to Cloudflare AI Gateway",
    contents: "Contents",
    failed: "The help could not be loaded. Reload this page and open it again.",
  },
  help: {
    open: "Keyboard shortcuts",
    title: "Keyboard shortcuts",
    enter: "Saves the form you are typing in",
    escape: "Discards unsaved edits, or clears the filter",
    filter: "Moves to the filter",
    test: "Tests the focused provider",
    testAll: "Tests all providers",
    undo: "Undoes the last change to the file",
    help: "Shows this list",
  },
} as const;
