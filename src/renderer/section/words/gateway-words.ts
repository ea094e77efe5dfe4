/** The sentences of the gateway cards, and of the form for a new gateway. */
import type { TokenState } from "../../../shared/gateways";
import { listed } from "./listed";

function providers(count: number): string {
  return count === 1 ? "1 provider" : `${count} providers`;
}

export const gatewayWords = {
  gateway: {
    title: "Cloudflare gateways",
    account: (short: string) => `account ${short}`,
    token: {
      all: "Token stored",
      none: "No token",
      open: "Open",
      different: "Different tokens",
    } satisfies { readonly [State in Exclude<TokenState, "some">]: string },
    openWhy: "You confirmed that this gateway needs no token.",
    someTokens: (count: number, of: number) =>
      count === 1 ? `1 of ${of} has the token` : `${count} of ${of} have the token`,
    usedBy: (active: number, off: number) => {
      if (active === 0) return off === 0 ? "not used" : `off for ${off}`;
      return off === 0 ? `used by ${active}` : `used by ${active}, off for ${off}`;
    },
    dashboard: (name: string) => `Open ${name} in the dashboard`,
    edit: "Edit",
    editOf: (name: string) => `Edit ${name}`,
    addToken: "Add token",
    giveToAll: (count: number) => `Use it for all ${count}`,
    moveLabel: "Move all to",
    moveChoose: "Choose a gateway…",
    direct: "Send all direct…",
    remove: "Remove…",
    formOf: (name: string) => `Settings of ${name}`,
    save: "Save",
    cancel: "Cancel",
    forAll: (count: number) =>
      count === 1 ? "Saving changes 1 provider." : `Saving changes all ${count} providers.`,
    merges: (name: string) => `${name} is already in the list. Saving moves the providers to it.`,
    vanished: (name: string) => `No provider uses ${name} any more. Add it as a new gateway.`,
    saved: (name: string, count: number) =>
      `Saved. ${providers(count)} now ${uses(count)} ${name}.`,
    tokenSaved: (name: string, count: number) =>
      `${providers(count)} of ${name} now ${count === 1 ? "has" : "have"} the new token.`,
    moved: (count: number, name: string) => `${providers(count)} now ${uses(count)} ${name}.`,
    chooseTitle: "Its providers have different tokens.",
    chooseLabel: "Keep the token of",
    chooseOpen: "none: this gateway is open",
    chooseUse: (count: number) => `Use for all ${count}`,
    hidePrompts: "Don’t store prompts in the gateway’s log",
    promptsByDefault: "By default, Cloudflare stores prompts and responses there.",
    somePrompts: "Only some of its providers have this setting.",
    settingSaved: (name: string, count: number) => `Saved for ${providers(count)} of ${name}.`,
    directTitle: (name: string) => `Send all providers of ${name} direct?`,
    directText: (names: readonly string[]) =>
      `${listed(names)} will call ${names.length === 1 ? "its own host" : "their own hosts"}. The gateway stays in the file, turned off.`,
    directYes: "Send direct",
    removeTitle: (name: string) => `Remove ${name}?`,
    removeText: (names: readonly string[]) =>
      `The settings and the token of this gateway will be removed from ${listed(names)}. API keys stay. Nothing changes at Cloudflare.`,
    removeYes: "Remove",
    working: "Saving…",
  },
  newGateway: {
    open: "Add gateway",
    title: "New gateway",
    first: "Set up your gateway",
    firstText: "Create a gateway in the Cloudflare dashboard, or use an existing one.",
    dashboard: "AI Gateway in the dashboard",
    noFile: "providers.jsonc does not exist yet. It is created when you save.",
    noKeys:
      "No provider has an API key yet. Add one in mux under Settings › Providers, or set it in your environment.",
    fromEnvironment: (gateway: string, count: number) =>
      `Use ${gateway} from the environment for ${providers(count)}`,
    fromEnvironmentWhy: "Your environment names this gateway and its token.",
    environmentNames: "The names come from your environment. Enter the token to continue.",
    addAndRoute: (count: number) => `Add and route ${providers(count)}`,
    add: "Add gateway",
    cancel: "Cancel",
    chosen: (names: readonly string[]) => `For ${listed(names)}`,
    chosenNone: "No provider is chosen.",
    noneReady: "No provider is ready for it yet.",
    choose: "Choose providers",
    hide: "Hide the list",
    list: "Providers that will use this gateway",
    uses: (gateway: string) => `now uses ${gateway}`,
    exists: (name: string) => `${name} is already in the list. The providers join it.`,
    draft: "Not saved yet, because no provider uses it",
    discard: "Discard",
    unsaved: "the new gateway",
  },
} as const;

function uses(count: number): string {
  return count === 1 ? "uses" : "use";
}
