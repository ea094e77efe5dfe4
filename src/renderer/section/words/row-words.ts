/** The sentences of a provider's row: its route, its switch and its last result. */
import type { Verdict } from "../../../shared/report";
import type { FixCode } from "../../../shared/view";

export const rowWords = {
  route: {
    through: (gateway: string) => `Through ${gateway}`,
    direct: (host: string | null) => (host === null ? "Direct" : `Direct to ${host}`),
    incompleteGateway: "To the gateway's host, with an incomplete base URL",
    byHand: (gateway: string) => `Through ${gateway}, by its own base URL`,
    noKey: "No API key",
    offInMux: "Off in mux",
    unroutable: (reason: string) => reason.charAt(0).toUpperCase() + reason.slice(1),
  },
  row: {
    route: (name: string) => `Send ${name} through Cloudflare AI Gateway`,
    test: "Test",
    testOf: (name: string) => `Test ${name}`,
    stop: "Stop",
    stopOf: (name: string) => `Stop the test of ${name}`,
    attention: "Needs attention",
    unsaved: "Not saved",
    tabsOf: (name: string) => `Details of ${name}`,
    lastTest: "Last test",
    settings: "Settings",
  },
  short: {
    gateway: "went through",
    direct: "went direct",
    unproven: "not proven",
    bypassed: "took another route",
    unreachable: "no answer",
  } satisfies { readonly [V in Verdict]: string },
  shortFailed: "test failed",
  justNow: "just now",
  last: {
    test: "Last test:",
    stale: "before the last change",
    refused: "not tested",
    stopped: "stopped",
    show: (open: boolean) => (open ? "Hide the report" : "Show the report"),
  },
  fix: {
    adopt_gateway: "Turn it into a gateway block",
    use_api_key_auth: "Use the API key",
    disable_websocket: "Use HTTP instead",
    restore_gateway_url: "Restore the gateway’s address",
    remove_token_header: "Remove the token",
    mend_mirror: "Sync with the gateway settings",
    hide_saved_values: "Hide saved values",
    remove_disabled_block: "Remove gateway settings",
  } satisfies { readonly [Code in FixCode]: string },
} as const;
