/** The sentences of the gateway form. */

export const formWords = {
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
  conflict: {
    mine: "Keep mine",
    file: "Keep the file’s",
    mineIs: "Yours",
    fileIs: "In the file",
    block: (gateway: string, account: string) => `${gateway} in account ${account}`,
    withToken: "with a token",
    none: "no gateway",
  },
} as const;
