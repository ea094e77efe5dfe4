/** The sentences of tests, reports and comparisons. */

const TIME = new Intl.DateTimeFormat("en", { timeStyle: "medium" });

export const testWords = {
  test: {
    of: (name: string) => `Test of ${name}`,
    running: (name: string) => `Testing ${name} with one short request…`,
    hide: "Hide the report",
    again: "Test again",
    remembered: (moment: string) =>
      `Remembered from ${moment}, without the request and the response. Test again to see them.`,
    tryDirect: "Try without the gateway",
    stale: "The settings have changed since this test.",
    direct: "Tested without the gateway, whatever the file says.",
    directWorks: "It works without the gateway, so the problem is in the gateway or its settings.",
    directFails: "It fails without the gateway too, so the gateway is not the only problem.",
  },
  report: {
    evidence: "Evidence",
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
    fix: {
      token: "Enter the token",
      account: "Correct the account ID",
      gatewayName: "Correct the gateway name",
      segment: "Choose the segment",
      model: "Choose another model",
      again: (notBefore: string | null) =>
        notBefore === null ? "Test again" : `Test again after ${TIME.format(new Date(notBefore))}`,
    },
    curl: "Copy as cURL",
    markdown: "Copy report",
    raw: "Details",
    sentLabel: "What the test sent, without keys",
    rawLabel: "The response as received, without keys",
    truncated: "… cut here at 16 KiB",
    none: "—",
  },
  timeline: {
    title: "Time",
    step: "Step",
    start: "Begins at",
    takes: "Takes",
    total: "Total, including app overhead",
    silence: "and it never came",
    notNeeded: "not needed",
  },
  compare: {
    title: "Compare with direct",
    hint: "Tests both routes in turn, one request at a time, and compares the results.",
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
    basisNone: "No response took the requested route, so there are no times to compare.",
    basisOne: "One sample of each route. Times vary from request to request.",
    basisMany: (gateway: number, direct: number) =>
      `Medians of ${gateway === 1 ? "1 answer" : `${gateway} answers`} through the gateway and ${direct} direct.`,
    leftOut: (runs: number) =>
      runs === 1
        ? "1 request that failed or took another route is left out of the times."
        : `${runs} requests that failed or took another route are left out of the times.`,
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
    gatewayFailed: "Reached Cloudflare AI Gateway",
    direct: (host: string | null) => `Went straight to ${host ?? "the provider"}`,
    directFailed: (host: string | null) => `Reached ${host ?? "the provider"} directly`,
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
} as const;
