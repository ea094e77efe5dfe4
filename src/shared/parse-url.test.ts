import { expect, test } from "vitest";

import { parseUrl } from "./parse-url";

test("returns the parts of each URL when more are parsed than are kept", () => {
  const hosts = Array.from({ length: 20 }, (_, n) => `llm-${n}.example.com`);
  for (const host of [...hosts, ...hosts]) {
    expect(parseUrl(`https://${host}:8443/v1`)).toMatchObject({ hostname: host, port: "8443" });
    expect(parseUrl(host)).toBeNull();
  }
});
