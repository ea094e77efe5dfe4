/** The sentences of the page around the providers: the file, warnings, many providers at once. */
import type { ViewWarning } from "../../../shared/view";
import { listed } from "./listed";

export const pageWords = {
  section: {
    title: "Cloudflare AI Gateway",
    intro:
      "Send a provider’s requests through your own gateway, where they are logged, counted, cached and limited as you set it up.",
    keptIn: "Kept in",
    list: "Providers",
    unroutable: "Stay direct",
    none: "mux knows no providers in this file.",
    loading: "Reading providers.jsonc…",
    retry: "Try again",
    dashboard: "Open AI Gateway in the dashboard",
  },
  missing: {
    title: "There is no providers.jsonc yet",
    text: "The first switch creates it, readable by you alone.",
  },
  first: {
    title: "Three steps to your own gateway",
    gateway: "Create a gateway in Cloudflare’s dashboard, or choose one that you have.",
    details:
      "Switch a provider on below, and enter the account ID, the gateway’s name and its token. You do that once: the other providers take them over.",
    test: "Press Test: it shows which way a request really went.",
    noKeys:
      "No provider has an API key yet, and mux calls none without one. Add keys in mux’s Providers settings, or set them in the environment.",
  },
  broken: {
    title: "providers.jsonc cannot be read",
    text: "The switches come back as soon as the file is mended; nothing needs to be reopened.",
    locked: "Switches are locked until providers.jsonc is mended.",
  },
  warnings: {
    certificates_unchecked: "Certificates are not checked",
  } satisfies { readonly [Code in ViewWarning["code"]]: string },
  otherHome: {
    title: "There is a second providers.jsonc",
    text: "mux uses the one named above, and so does this page. Nothing that stands in the other one counts:",
  },
  mirror: {
    label: "Route released versions of mux too",
    why: "They do not read gateways yet, only base URLs. So the address of each gateway, and its token as a header, is written beside it, and taken back when you switch it off.",
    isOn: "Released versions of mux now take the same routes.",
    isOff: "Released versions of mux now go direct: base URLs are as they were.",
  },
  leak: {
    title: "mux sends a gateway token to another host",
    to: (name: string, host: string) => `${name}: its token goes to ${host} with the next chat.`,
    fixAll: (count: number) => `Fix all ${count}`,
    fixed: (names: readonly string[]) =>
      `Fixed. mux no longer sends the token of ${new Intl.ListFormat("en").format(names)} elsewhere.`,
    row: (host: string) => `Gateway token goes to ${host}`,
    skipped: "Its token goes to another host",
  },
  common: {
    concerns: (names: readonly string[]) => {
      const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
      return `${new Intl.ListFormat("en").format(shown)} may take another way`;
    },
  },
  failed: {
    title: "The providers could not be shown",
    stale: "The providers could not be loaded again",
    staleText:
      "What is shown below is how they were before. Nothing can be changed until it is known again.",
    locked: "Nothing can be changed until the providers are loaded again.",
  },
  filter: {
    label: "Filter providers",
    all: (all: number) => `${all} providers`,
    some: (shown: number, all: number) => `${shown} of ${all}`,
  },
  bulk: {
    direct: "Send all direct",
    directTitle: "Send all providers direct?",
    directText: (names: readonly string[]) =>
      `${listed(names)} will call their own hosts again. The gateways stay in the file, switched off.`,
    areDirect: (count: number) =>
      count === 1 ? "1 provider is set to go direct." : `${count} providers are set to go direct.`,
    remove: "Remove everything…",
    removeTitle: "Remove everything about gateways?",
    removeText: (names: readonly string[]) =>
      `The gateway blocks, gateway tokens and compatibility fields of ${listed(names)} will be removed from providers.jsonc. API keys and other settings stay.`,
    removeYes: "Remove everything",
    areRemoved: (count: number) =>
      count === 1
        ? "The gateway of 1 provider is removed."
        : `The gateways of ${count} providers are removed.`,
    cancel: "Cancel",
  },
  leftOut: {
    one: (name: string, reason: string) => `${name} was left out: ${reason}`,
    conflict: "It was changed outside this panel. Check its row and try again.",
    more: (count: number) =>
      count === 1 ? "1 more was left out." : `${count} more were left out.`,
  },
  routeAll: {
    start: (count: number) => `Route ${count} more`,
    running: "Routing…",
    why: (gateway: string) =>
      `Puts every provider that has a key and needs nothing else behind ${gateway}.`,
    done: (count: number, gateway: string) => {
      if (count === 0) return "No provider was changed.";
      return count === 1
        ? `1 provider now uses ${gateway}.`
        : `${count} providers now use ${gateway}.`;
    },
  },
  testAll: {
    start: "Test all",
    stop: "Stop all",
    progress: "Providers tested",
    count: (done: number, of: number) => `${done} of ${of}`,
    again: (failed: number) =>
      failed === 1 ? "Test the failed one again" : `Test the ${failed} failed ones again`,
    skipped: "Why some were skipped",
    disabled: "Off in mux",
    unroutable: "Cannot be routed",
    noKey: "No API key",
    noAddress: "No base URL",
    counts: {
      gateway: (count: number) => `${count} through the gateway`,
      direct: (count: number) => `${count} direct`,
      doubtful: (count: number) => `${count} not proven`,
      failed: (count: number) => `${count} failed`,
      stopped: (count: number) => `${count} stopped`,
      skipped: (count: number) => `${count} skipped`,
    },
  },
} as const;
