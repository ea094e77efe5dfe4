/** Every sentence that the section itself says. Refusals and diagnoses come from main with theirs. */
import type { Action, Undone } from "../../../shared/gateways";
import type { Verdict } from "../../../shared/report";
import type { FixCode, ViewWarning } from "../../../shared/view";

/** Names in a sentence: the first few of many. */
function listed(names: readonly string[]): string {
  const shown = names.length > 8 ? [...names.slice(0, 7), `${names.length - 7} more`] : names;
  return new Intl.ListFormat("en").format(shown);
}

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

export const words = {
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
  },
  form: {
    of: (name: string) => `Gateway of ${name}`,
    accountId: "Account ID",
    nothingEntered: "The pasted text contains no gateway details, so nothing was entered.",
    accountIdHint: "32 characters, in the dashboard’s address. A pasted address is taken apart.",
    gatewayName: "Gateway name",
    gatewayNameHint: "As it stands in the dashboard under AI › AI Gateway.",
    segment: "Segment",
    segmentHint: "custom-… with the slug of the custom provider that you created in the dashboard.",
    segmentUsual: (segment: string) =>
      `Cloudflare knows this host as “${segment}”. Only fill in to use another.`,
    token: "Gateway token",
    tokenForgotten: "What was typed here was forgotten when the row was folded. Type it again.",
    optional: "(optional)",
    save: "Save",
    saveAndSwitchOn: "Save and switch on",
    cancel: "Discard",
    forget: "Forget",
    forgetWhy: "Removes these details, and comments among them, from the file.",
    logged:
      "A gateway stores prompts and answers in its log unless you turn that off in the dashboard.",
    changedBelow:
      "The file changed while you were typing. Saving will ask which of the two to keep.",
    others: (count: number, gateway: string) =>
      count === 1
        ? `Also change the other provider of ${gateway}`
        : `Also change the ${count} other providers of ${gateway}`,
    othersHint: "Their tokens stay as they are.",
    model: "Model to test with",
    modelHint: (usual: string) => `Left empty, the test asks ${usual}.`,
    modelNone: "The file lists none, so a test needs one here.",
  },
  token: {
    hint: "A Cloudflare API token. It opens every gateway of the account, is stored in providers.jsonc and is never shown again.",
    link: "Create a token",
    permission: "with the permission AI Gateway: Run.",
    missing: "Enter the gateway’s token. If the gateway needs none, check the box below.",
    choose: "Choose whose token to use, or enter another one.",
    noneStored: "(none stored)",
    isOpen: "This gateway is open",
    isOpenHint: "It has no authentication. New gateways always have it.",
    open: "None: this gateway is open",
    willBeOpen: "None, when you save: this gateway is open",
    stored: "Stored",
    ofAccount: "The stored token of this account will be used",
    fromEnvironment: "From the environment, when you save",
    chosen: "Chosen, when you save",
    different: "Its providers have different tokens. Choose one for all:",
    takeOf: (name: string) => `Use the token of ${name}`,
    replace: "Replace",
    enter: "Enter another",
    keep: "Keep it",
    enterIt: "Enter the token",
    chooseIt: "Choose the token",
  },
  environment: {
    use: "Use the gateway from the environment",
    names: (gateway: string) => `Fills in ${gateway}, which your environment names.`,
    offer: (gateway: string, count: number) =>
      `Your environment names the gateway ${gateway} and its token. ${
        count === 1 ? "1 provider is" : `${count} providers are`
      } ready to use it.`,
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
  keyHost: {
    title: (host: string) => `Its key belongs to ${host}`,
    text: (name: string) =>
      `Its base URL points there. Behind a gateway, the key would go to ${name} instead.`,
    routed: (name: string) =>
      `Its base URL points there, but its gateway sends the key to ${name}.`,
    confirm: (name: string) => `The key is from ${name} itself`,
    confirmHint: (segment: string) => `Saved as “${segment}”.`,
    segmentHint: (host: string) =>
      `custom-… with the slug of a custom provider for ${host}, created in the dashboard.`,
  },
  baseUrl: {
    label: "Requests go to",
    preview: "Requests will go to",
    unknown: "Shown as soon as the fields above are right.",
    none: "Nowhere yet: the provider has no base URL.",
  },
  copy: {
    copy: (what: string) => `Copy ${what}`,
    copied: "Copied",
    failed: "Could not be copied",
    baseUrl: "the base URL",
    logId: "the log ID",
  },
  conflict: {
    mine: "Keep mine",
    file: "Keep the file’s",
    mineIs: "Yours",
    fileIs: "In the file",
    block: (gateway: string, account: string) => `${gateway} in account ${account}`,
    withToken: "with a token",
    none: "no gateway",
  },
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
  test: {
    of: (name: string) => `Test of ${name}`,
    running: (name: string) => `Testing ${name} with one short request…`,
    hide: "Hide the report",
    again: "Test again",
    remembered: (moment: string) =>
      `Remembered from ${moment}. The raw answer and what was sent are not kept: test again to see them.`,
    tryDirect: "Try without the gateway",
    stale: "The settings have changed since this test.",
    direct: "Tested without the gateway, whatever the file says.",
  },
  report: {
    evidence: "How we know",
    noEvidence: "Nothing was observed: no request left this computer.",
    status: "Status",
    url: "Request",
    asked: "Model asked",
    answered: "Model answered",
    tokens: "Tokens",
    tokensOf: (input: string, output: string) => `${input} in, ${output} out`,
    cache: "Cache",
    logId: "Log ID",
    log: "Open this gateway’s log",
    next: "What to do",
    curl: "Copy as cURL",
    markdown: "Copy report",
    raw: "Details",
    sentLabel: "What the test sent, without keys",
    rawLabel: "The answer as it came, without keys",
    truncated: "… cut here at 16 KiB",
    none: "—",
  },
  timeline: {
    title: "Time",
    step: "Step",
    start: "Begins at",
    takes: "Takes",
    total: "In all, with this app’s own work",
    silence: "and it never came",
    notNeeded: "not needed",
  },
  fix: {
    adopt_gateway: "Turn it into a gateway block",
    use_api_key_auth: "Use the API key",
    disable_websocket: "Use HTTP instead",
    restore_gateway_url: "Restore the gateway’s address",
    remove_token_header: "Remove the token",
    mend_mirror: "Bring them in step",
    hide_saved_values: "Hide saved values",
  } satisfies { readonly [Code in FixCode]: string },
  compare: {
    title: "Compare with direct",
    hint: "Asks both ways in turn, one request at a time, and sets the answers side by side.",
    once: "Compare once",
    many: (rounds: number) => `${rounds} times`,
    stop: "Stop comparing",
    stopped: "The comparison was stopped.",
    finished: (name: string) => `The comparison of ${name} is done.`,
    progress: "Requests of the comparison that are done",
    count: (done: number, of: number) => `${done} of ${of} requests`,
    gateway: "Gateway",
    direct: "Direct",
    difference: "Difference",
    verdict: "Verdict",
    status: "Status",
    firstByteMs: "First byte",
    firstTokenMs: "First token",
    lastByteMs: "Last byte",
    failedOf: (failed: number, runs: number) => `${failed} of ${runs} failed`,
    basisNone: "No answer took the route that was asked for, so there are no times to compare.",
    basisOne: "One sample of each route, which says little: times vary from request to request.",
    basisMany: (gateway: number, direct: number) =>
      `Medians of ${gateway === 1 ? "1 answer" : `${gateway} answers`} through the gateway and ${direct} direct.`,
    leftOut: (runs: number) =>
      runs === 1
        ? "1 request that failed or took another route is left out of the times."
        : `${runs} requests that failed or took another route are left out of the times.`,
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
  filter: {
    label: "Filter providers",
    all: (all: number) => `${all} providers`,
    some: (shown: number, all: number) => `${shown} of ${all}`,
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
  picture: {
    computer: "This computer",
    cloudflare: "Cloudflare",
    passed: "passed",
    failed: "failed here",
    doubtful: "not proven",
    unreached: "not reached",
    cached: "from the cache",
    waiting: "no answer yet",
  },
  verdict: {
    gateway: (gateway: string | null) =>
      gateway === null
        ? "Went through Cloudflare AI Gateway"
        : `Went through Cloudflare AI Gateway ${gateway}`,
    gatewayFailed: "Reached Cloudflare AI Gateway, but the test failed",
    direct: (host: string | null) => `Went straight to ${host ?? "the provider"}`,
    directFailed: (host: string | null) =>
      `Reached ${host ?? "the provider"} directly, but the test failed`,
    unproven: "Answered from the gateway’s address, but nothing in the answer shows the gateway",
    unverified: (host: string | null, ok: boolean) =>
      `${ok ? "Answered from" : "Called"} ${host ?? "the host"}, but its certificate was not verified`,
    unprovenFailed: "Called the gateway’s address, but something else answered",
    otherAddress: "Called another address at the gateway’s host than the file says",
    missedGateway: (host: string | null) =>
      `Did not go through the gateway: the request went to ${host ?? "another host"}`,
    unexpectedGateway: (ok: boolean) =>
      `${ok ? "Went through" : "Reached"} Cloudflare AI Gateway, although the file says direct`,
    unreachable: (host: string | null) =>
      host === null ? "The request never left this computer" : `No answer from ${host}`,
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
} as const;
