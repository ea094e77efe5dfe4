import { describe, expect, it } from "vitest";

import { redactor } from "../text/redact";
import { proxySecrets, readProxies } from "./proxies";

describe("the environment's proxies", () => {
  it("are read from lower-case names first", () => {
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

  it("are http:// proxies when they have no scheme", () => {
    expect(readProxies({ HTTPS_PROXY: "proxy.example:3128" }).settings.httpsProxy).toBe(
      "http://proxy.example:3128",
    );
  });

  it.each(["http://", "ftp://proxy.example", "me:secret@ the proxy"])(
    "are a problem without a quote when they are not a URL: %j",
    (HTTPS_PROXY) => {
      expect(readProxies({ HTTPS_PROXY })).toEqual({
        settings: { httpProxy: "", httpsProxy: "", noProxy: "" },
        problems: ["HTTPS_PROXY is not a valid proxy URL, so it is not used."],
      });
    },
  );

  it.each(["p#ss", "p?ss", "p/ss", "12#ss"])(
    "are a problem when the password contains a delimiter: %s",
    (password) => {
      const { settings, problems } = readProxies({
        HTTPS_PROXY: `http://me:${password}@a.example:1`,
      });
      expect(settings.httpsProxy).toBe("");
      expect(problems).toEqual([expect.stringMatching(/^HTTPS_PROXY has a #.*%23/)]);
      expect(problems.join()).not.toContain("ss@");
    },
  );

  it.each([
    ["p%ss", "p%ss"],
    ["p%41%zz", "pA%zz"],
    ["%ff", "%ff"],
    ["100%", "100%"],
  ])("are used with a warning when the password has a stray %%: %s", (password, sent) => {
    const { settings, problems } = readProxies({
      HTTPS_PROXY: `http://me:${password}@a.example:1`,
    });
    expect(decodeURIComponent(new URL(settings.httpsProxy).password)).toBe(sent);
    expect(problems).toEqual([expect.stringMatching(/^HTTPS_PROXY has a % .*%25/)]);
    expect(problems.join()).not.toContain(password);
  });

  it.each([
    "http://only-me@a.example:1",
    "http://:only-this@a.example:1",
    "http://p%ss@a.example:1",
  ])("are used with a warning when their login is not complete: %s", (HTTPS_PROXY) => {
    const { settings, problems } = readProxies({ HTTPS_PROXY });
    expect(settings.httpsProxy).toBe(HTTPS_PROXY);
    expect(problems).toEqual([expect.stringContaining("but not both")]);
    expect(problems.join()).not.toMatch(/only-|p%ss/);
  });

  it.each([
    "http://proxy.example/proxy.pac",
    "http://proxy.example/wpad.pac?v=1",
    "pac+http://proxy.example/proxy",
    "file:///etc/proxy.pac",
  ])("are a problem when they point to a PAC file: %s", (HTTPS_PROXY) => {
    const { settings, problems } = readProxies({ HTTPS_PROXY });
    expect(settings.httpsProxy).toBe("");
    expect(problems).toEqual([expect.stringContaining("points to a PAC file, which is not read")]);
  });

  it("keep an @ and a colon of the password", () => {
    const { settings, problems } = readProxies({ HTTPS_PROXY: "http://me:p@s:s@proxy.example:1" });
    expect(decodeURIComponent(new URL(settings.httpsProxy).password)).toBe("p@s:s");
    expect(problems).toEqual([]);
  });

  it("are a problem when they are SOCKS proxies", () => {
    for (const scheme of ["socks", "socks5", "socks5h"]) {
      const { settings, problems } = readProxies({
        https_proxy: `${scheme}://me:secret@a.example`,
      });
      expect(settings.httpsProxy).toBe("");
      expect(problems).toEqual([expect.stringContaining("https_proxy is a SOCKS proxy")]);
      expect(problems.join()).not.toContain("secret");
    }
  });

  it("have their secrets redacted in every encoding", () => {
    const redact = redactor(proxySecrets({ HTTPS_PROXY: "http://me:p%40ssw0rd1@proxy.example" }));
    const header = Buffer.from("me:p@ssw0rd1").toString("base64");
    expect(redact(`p%40ssw0rd1 p@ssw0rd1 Basic ${header}`)).toBe(
      "[redacted] [redacted] Basic [redacted]",
    );
    const token = redactor(proxySecrets({ HTTPS_PROXY: "http://proxy-token-1@proxy.example" }));
    expect(token("proxy-token-1 was refused")).toBe("[redacted] was refused");
    expect(proxySecrets({ HTTPS_PROXY: "http://proxy.example" })).toEqual([]);
  });
});
