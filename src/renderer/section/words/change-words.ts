/** The sentences about changes that were made, undone or not saved, and about help. */
import type { Action, Undone } from "../../../shared/gateways";
import { listed } from "./listed";

const AS_BEFORE = "The file is as it was before.";

/** What was done, for "Undone: …". */
const ACTIONS: { readonly [Name in Action]: (names: string) => string } = {
  enable: (names) => `changing the gateway of ${names}`,
  route: (names) => `putting ${names} behind a gateway`,
  updateGateway: (names) => `changing the gateway of ${names}`,
  disable: (names) => `sending ${names} direct`,
  direct: (names) => `sending ${names} direct`,
  forget: (names) => `removing the gateway of ${names}`,
  remove: (names) => `removing the gateway of ${names}`,
  fix: (names) => `the fix for ${names}`,
  setMirror: () => "the change for released versions of mux",
};

export const changeWords = {
  changed: {
    on: (name: string, gateway: string) => `${name} now uses ${gateway}.`,
    off: (name: string) => `${name} now goes direct.`,
    offByHand: (name: string, gateway: string) =>
      `${name} now goes where its own base URL leads: through ${gateway}.`,
    saved: (name: string, gateway: string) => `${name} uses ${gateway}. Saved.`,
    followed: (name: string, others: number, gateway: string) =>
      others === 0
        ? `${name} uses ${gateway}. Saved.`
        : `${name} and ${others === 1 ? "one other" : `${others} others`} use ${gateway}. Saved.`,
    forgotten: (name: string) => `The gateway of ${name} is forgotten.`,
    fixed: (name: string) => `${name} is put right.`,
    logged:
      "Prompts and answers will be stored in your Cloudflare account’s log unless logging is off there.",
    undo: "Undo",
    dismiss: "Dismiss",
  },
  undone: {
    /** What was undone, the last change first; empty where nobody knows. */
    sentence: (undone: readonly Undone[], nameOf: (provider: string) => string) => {
      const first = undone.at(-1);
      if (first === undefined) return `Undone. ${AS_BEFORE}`;
      const providers = new Set(undone.flatMap((each) => each.providers));
      return `Undone: ${ACTIONS[first.action](listed([...providers].map(nameOf)))}. ${AS_BEFORE}`;
    },
  },
  copy: {
    copy: (what: string) => `Copy ${what}`,
    copied: "Copied",
    failed: "Could not be copied",
    baseUrl: "the base URL",
    logId: "the log ID",
  },
  dialog: { close: "Close" },
  leave: {
    title: "Close without saving?",
    text: (names: readonly string[]) =>
      `What you typed for ${new Intl.ListFormat("en").format(names)} is not in providers.jsonc yet.`,
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
    tab: "To the next control; with Shift, to the one before",
    space: "Moves a switch, unfolds a provider, presses a button",
    enter: "In a provider’s field: saves what you typed",
    escape: "Gives back what you typed, or empties the filter",
    undo: "Takes the last change to the file back",
    help: "Shows this list",
  },
} as const;
