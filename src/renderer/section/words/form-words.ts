/** The sentences of the gateway form. */

export const formWords = {
  choice: {
    atDomain: (name: string, host: string) => `${name} (${host})`,
    inAccount: (name: string, account: string) => `${name} (account ${account})`,
    inEnvironment: (name: string) => `${name} (from the environment)`,
  },
  tokenProblem: {
    missing: "Enter the gateway’s token. If the gateway needs none, select the box below.",
    choose: "Choose whose token to use, or enter another one.",
  },
  domain: {
    confirmed: (host: string) => `${host} is confirmed.`,
    notConfirmed: "not confirmed",
    confirm: "Confirm domain…",
    question: (host: string) => `Is ${host} your domain?`,
    meaning: (host: string, gateway: string) =>
      `The gateway token, your API keys and your prompts will be sent to ${host}. Confirm only a domain that you connected to ${gateway} in the Cloudflare dashboard.`,
    yes: "Confirm domain",
    no: "Cancel",
  },
  conflict: {
    mine: "Keep mine",
    file: "Keep the file’s",
    mineIs: "Yours",
    fileIs: "In the file",
    block: (gateway: string, account: string) => `${gateway} in account ${account}`,
    withToken: "with a token",
    hidesPrompts: "without prompts in the log",
    none: "no gateway",
  },
} as const;
