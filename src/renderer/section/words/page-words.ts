/** The sentences of the page around the providers: its status, the file, warnings, many providers at once. */
import type { MuxAppName } from "../../../shared/mux-route";
import type { ViewWarning } from "../../../shared/view";
import { listed } from "../../../shared/listed";

export const pageWords = {
  section: {
    title: "Cloudflare AI Gateway",
    none: "providers.jsonc lists no providers that mux knows.",
    loading: "Reading providers.jsonc…",
    retry: "Try again",
    dashboard: "Open AI Gateway in the dashboard",
  },
  status: {
    label: "Status",
    usage: {
      noProviders: "providers.jsonc lists no providers",
      noKeys: "No provider has an API key yet",
      keyless: (routed: number) =>
        routed === 1
          ? "1 provider is set to use a gateway, but has no API key"
          : `${routed} providers are set to use a gateway, but have no API key`,
      noneRouted: (withKey: number) =>
        withKey === 1
          ? "1 provider has a key, and does not use a gateway yet"
          : `${withKey} providers have a key, and none uses a gateway yet`,
      routed: (routed: number, withKey: number, gateways: readonly string[]) => {
        const [first, ...others] = gateways;
        const use = routed === 1 ? "uses" : "use";
        const which = others.length > 0 ? `${gateways.length} gateways` : (first ?? "a gateway");
        if (withKey === 1) return `The only provider with a key ${use} ${which}`;
        if (routed === withKey) return `All ${withKey} providers with a key ${use} ${which}`;
        return `${routed} of ${withKey} providers with a key ${use} ${which}`;
      },
    },
    unknown: "Routes and keys are unknown until providers.jsonc is fixed",
    disconnected: "Not connected. This is the last known state.",
    leak: "gateway token leaks",
    failure: (name: string, cause: string) => `${name}: ${cause}`,
    more: (count: number) => `and ${count} more`,
    unproven: (count: number) => `${count} answered, not proven`,
    elsewhere: {
      one: (app: MuxAppName, name: string) => `${app} sends ${name} another way`,
      many: (app: MuxAppName, count: number) => `${app} sends ${count} of them another way`,
    },
    untested: (count: number) => `${count} not tested yet`,
    untestedSince: (count: number) => `${count} not tested since the last change`,
    passed: "all passed",
    confirmed: (count: number) => `${count} confirmed by Cloudflare’s log`,
    logDiffers: (count: number) =>
      count === 1
        ? "Cloudflare’s log differs from 1 test"
        : `Cloudflare’s log differs from ${count} tests`,
    menu: "More actions",
    openFile: "Open providers.jsonc",
  },
  broken: {
    title: "providers.jsonc can’t be read",
    open: "Open file",
    text: "This page then updates by itself.",
    locked: "You can’t change routes until providers.jsonc is fixed.",
  },
  warnings: {
    certificates_unchecked: "Certificates are not checked",
    api_token_saved: "Your API token is in the file",
  } satisfies { readonly [Code in ViewWarning["code"]]: string },
  otherHome: {
    text: (app: MuxAppName, used: string, other: string) =>
      `There are two provider files. ${app} and this page use ${used} and ignore ${other}.`,
  },
  mirror: {
    title: "Compatibility",
    label: "Make it work in today’s mux",
    why: "mux 0.28 and earlier don’t read gateway settings. This also writes each gateway’s URL and token header next to the provider’s key. Your own values return when you turn it off.",
    isOn: "Base URLs now point to the gateways, for today’s mux.",
    isOff: "Base URLs are restored. Gateway settings are kept, but today’s mux doesn’t read them.",
  },
  leak: {
    title: (app: MuxAppName) => `${app} sends a gateway token to another host`,
    to: (name: string, host: string) => `The next ${name} chat sends its token to ${host}.`,
    fixAll: (count: number) => `Fix all ${count}`,
    fixed: (app: MuxAppName, names: readonly string[]) =>
      `Fixed. ${app} no longer sends the token of ${listed(names)} elsewhere.`,
    row: (host: string) => `Gateway token goes to ${host}`,
    skipped: "Its token goes to another host",
  },
  common: {
    names: (names: readonly string[]) => listed(names, 3),
    fixed: (names: readonly string[]) => `Fixed ${listed(names)}.`,
  },
  connecting: {
    now: "Connecting…",
    notYet: "Not connected yet",
    advice:
      "The providers appear as soon as the app responds. If they don’t, close this page and open it again, or restart the app.",
  },
  failed: {
    title: "The providers could not be loaded",
    stale: "The providers could not be loaded again",
    staleText: "The page shows the last known state. You can’t change anything until it reloads.",
    locked: "You can’t change anything until the providers are loaded again.",
  },
  groups: {
    direct: "Direct providers",
    gateway: "Gateways",
    local: "Local",
    custom: "Custom",
  },
  folds: {
    noKey: (count: number) => `${count} without a key`,
    off: (count: number) => `${count} off in mux`,
    noKeyOrOff: (count: number) => `${count} without a key or off in mux`,
    unroutable: (count: number) => `${count} can’t be routed`,
  },
  filter: {
    label: "Filter providers",
    all: (all: number) => `${all} providers`,
    some: (shown: number, all: number) => `${shown} of ${all}`,
    none: (text: string) => `No provider, host or gateway matches “${text}”.`,
    clear: "Clear filter",
  },
  footer: { stored: "Stored in", open: (file: string) => `Open ${file}` },
  bulk: {
    unchanged: "No provider was changed.",
    direct: "Send all direct",
    directAsk: "Send all direct…",
    directTitle: "Send all providers direct?",
    directText: (names: readonly string[]) =>
      `${listed(names)} will be set to call their own hosts. Their gateway settings are kept, turned off.`,
    areDirect: (count: number) =>
      count === 1 ? "1 provider is set to go direct." : `${count} providers are set to go direct.`,
    remove: "Remove everything…",
    removeTitle: "Remove all gateway settings?",
    removeText: (names: readonly string[]) =>
      `The gateway settings and tokens of ${listed(names)} will be removed from providers.jsonc. API keys and other settings stay.`,
    removeYes: "Remove everything",
    areRemoved: (count: number) =>
      count === 1
        ? "The gateway settings of 1 provider were removed."
        : `The gateway settings of ${count} providers were removed.`,
    cancel: "Cancel",
    running: {
      route: (count: number) => `Routing ${providers(count)}…`,
      direct: (count: number) => `Sending ${providers(count)} direct…`,
      remove: (count: number) => `Removing the gateway settings of ${providers(count)}…`,
      updateGateway: "Changing the gateway…",
    },
  },
  leftOut: {
    one: (name: string, reason: string) => `${name} was left out: ${reason}`,
    conflict: "It was changed outside this panel. Check its row and try again.",
    more: (count: number) =>
      count === 1 ? "1 more was left out." : `${count} more were left out.`,
  },
  routeAll: {
    start: (count: number, gateway: string) => `Route ${count} more through ${gateway}…`,
    title: (count: number, gateway: string) => `Route ${providers(count)} through ${gateway}?`,
    text: (names: readonly string[]) =>
      `${listed(names)} will be set to use it. Providers that need a key, or another setting first, stay as they are.`,
    yes: (count: number) => `Route ${providers(count)}`,
    done: (count: number, gateway: string) =>
      count === 1 ? `1 provider now uses ${gateway}.` : `${count} providers now use ${gateway}.`,
  },
  testAll: {
    start: "Test all",
    stop: "Stop all",
    progress: "Providers tested",
    count: (done: number, of: number) => `Testing ${done} of ${of}…`,
    again: (failed: number) => `Retest ${failed} failed`,
    skipped: (count: number) => (count === 1 ? "Why 1 was skipped" : `Why ${count} were skipped`),
    disabled: "Off in mux",
    unroutable: "Can’t be routed",
    noKey: "No API key",
    noAddress: "No base URL",
    login: "The login is only in mux",
    nothing: "There is nothing to test.",
    stopped: (untested: number) => `Stopped. ${untested} not tested.`,
    counts: {
      gateway: (count: number) => `${count} through the gateway`,
      direct: (count: number) => `${count} direct`,
      doubtful: (count: number) => `${count} not proven`,
      failed: (count: number) => `${count} failed`,
      skipped: (count: number) => `${count} skipped`,
    },
  },
} as const;

function providers(count: number): string {
  return count === 1 ? "1 provider" : `${count} providers`;
}
