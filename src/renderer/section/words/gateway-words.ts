/** The sentences of the gateway cards. */
import type { TokenState } from "../../../shared/gateways";
import { listed } from "../../../shared/listed";
import { providers } from "./counted";

export const gatewayWords = {
  gateway: {
    add: "Add gateway",
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
    inDashboard: "Open in the dashboard",
    edit: "Edit",
    editOf: (name: string) => `Edit ${name}`,
    addToken: "Add token",
    giveToAll: (count: number) => `Use it for all ${count}`,
    menuOf: (name: string) => `More for ${name}`,
    tokenChange: (state: TokenState) =>
      state === "none" || state === "open" ? "Add token…" : "Replace token…",
    moveTo: (name: string) => `Move all to ${name}`,
    direct: "Send all direct…",
    remove: "Remove…",
    formOf: (name: string) => `Settings of ${name}`,
    save: "Save",
    cancel: "Cancel",
    forAll: (count: number) =>
      count === 1 ? "Saving changes 1 provider." : `Saving changes all ${count} providers.`,
    merges: (name: string) => `${name} is already in the list. Saving moves the providers to it.`,
    removedElsewhere: "no longer in the file",
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
} as const;

function uses(count: number): string {
  return count === 1 ? "uses" : "use";
}
