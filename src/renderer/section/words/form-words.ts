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
