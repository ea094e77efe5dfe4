import { describe, expect, it } from "vitest";

import { proxySecrets, readProxies } from "./proxies";

describe("the environment's proxies", () => {
  it("are taken in small letters before capitals", () => {
    const env = {
      http_proxy: "http://small:1",
      HTTP_PROXY: "http://capital:1",
      HTTPS_PROXY: "http://secure:1",
      no_proxy: "a.example",
      NO_PROXY: "b.example",
    };
    expect(readProxies(env)).toEqual({
      settings: {
        httpProxy: "http://small:1",
        httpsProxy: "http://secure:1",
        noProxy: "a.example",
      },
      problems: [],
    });
  });

  it("need no scheme", () => {
    expect(readProxies({ HTTPS_PROXY: "proxy.example:3128" }).settings.httpsProxy).toBe(
      "http://proxy.example:3128",
    );
  });

  it.each(["http://", "ftp://proxy.example", "me:secret@ the proxy"])(
    "are a problem when they are no address (%j), told without quoting it",
    (HTTPS_PROXY) => {
      expect(readProxies({ HTTPS_PROXY })).toEqual({
        settings: { httpProxy: "", httpsProxy: "", noProxy: "" },
        problems: ["HTTPS_PROXY is not the address of a proxy, so it is not used."],
      });
    },
  );

  it("are a problem when they speak SOCKS, over which nobody sees the connection", () => {
    for (const scheme of ["socks", "socks5", "socks5h"]) {
      const { settings, problems } = readProxies({
        https_proxy: `${scheme}://me:secret@a.example`,
      });
      expect(settings.httpsProxy).toBe("");
      expect(problems).toEqual([expect.stringContaining("https_proxy is a SOCKS proxy")]);
      expect(problems.join()).not.toContain("secret");
    }
  });

  it("have secrets in every form in which they travel", () => {
    expect(proxySecrets({ HTTPS_PROXY: "http://me:p%40ss@proxy.example" })).toEqual([
      "p%40ss",
      "p@ss",
      Buffer.from("me:p@ss").toString("base64"),
    ]);
    expect(proxySecrets({ HTTPS_PROXY: "http://proxy.example" })).toEqual([]);
  });
});
