/** The sentences of a test that a row or an announcement needs. */

export const testWords = {
  test: {
    of: (name: string) => `Test of ${name}`,
    running: (name: string) => `Testing ${name} with one short request…`,
    none: "Not tested yet. A test sends one short request and shows the route it took.",
    again: "Test again",
    remembered: (moment: string) =>
      `Remembered from ${moment}, without the request and the response. Test again to see them.`,
    tryDirect: "Try without the gateway",
    stale: "The settings have changed since this test.",
    direct: "This test went around the gateway on request.",
    directWorks: "Works without the gateway, so the gateway or its settings are the problem.",
    directFails: "Fails without the gateway too, so the gateway is not the only problem.",
    comparisonStopped: "The comparison was stopped.",
    compared: (name: string) => `The comparison of ${name} is finished.`,
  },
  /** For a figure that was not observed. */
  noFigure: "—",
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
} as const;
