import { describe, expect, it } from "vitest";

import type { GatewaySettings } from "../../../shared/account";
import { settings, TROUBLED } from "../../testing/sample-account";
import { settingLines, traitsOf } from "./setting-words";

const textOf = (changes: Partial<GatewaySettings>, name: string) =>
  settingLines(settings(changes), []).find((line) => line.name === name)?.text;

describe("a gateway's settings in words", () => {
  it.each<readonly [Partial<GatewaySettings>, string, string]>([
    [{ authentication: true }, "Authentication", "On. Requests need a Run token."],
    [{ authentication: false }, "Authentication", "Off. Anyone who knows the address can use it."],
    [{ authentication: null }, "Authentication", "Cloudflare does not say"],
    [{ collectsLogs: false }, "Logs", "Off. Tests cannot be confirmed by the log."],
    [{ collectsLogs: null }, "Logs", "Cloudflare does not say"],
    [
      { logLimit: { rows: 100_000, whenFull: "stop" } },
      "Logs",
      "On, up to 100,000 rows. New ones are then dropped.",
    ],
    [{ unread: ["rateLimit"] }, "Rate limit", "Cloudflare does not say"],
    [{ unread: ["retries"] }, "Retries", "Cloudflare does not say"],
    [{ unread: ["spendLimits"] }, "Spend limit", "Cloudflare does not say"],
    [{ unread: ["requiresProviderKey"] }, "Provider keys", "Cloudflare does not say"],
    [{ unread: ["guardrails"] }, "Guardrails", "Cloudflare does not say"],
    [{ unread: ["dlp"] }, "Data loss prevention", "Cloudflare does not say"],
    [{ cacheSeconds: null }, "Cache", "Cloudflare does not say"],
    [{ cacheSeconds: 300 }, "Cache", "On. Identical requests get the same answer for 5 min."],
    [{ rateLimit: { requests: 50, seconds: 3600 } }, "Rate limit", "50 requests per hour"],
    [{ rateLimit: { requests: 5, seconds: 90 } }, "Rate limit", "5 requests per 90 s"],
    [
      {
        spendLimits: [
          { limit: 10, seconds: 86_400 },
          { limit: 100, seconds: null },
        ],
      },
      "Spend limit",
      "$10.00 per day, $100.00",
    ],
    [
      { dlp: { requests: true, responses: false, blocks: true } },
      "Data loss prevention",
      "It checks requests, and can block them.",
    ],
  ])("shows %j at %s", (changes, name, text) => {
    expect(textOf(changes, name)).toBe(text);
  });

  it("tells an unknown list of domains from an empty one", () => {
    const lines = (domains: Parameters<typeof settingLines>[1]) =>
      settingLines(settings(), domains).at(-1)?.text;
    expect(lines(null)).toBe("They could not be listed");
    expect(lines([])).toBe("None");
    expect(lines([{ host: "a.example.com", isActive: false, status: "pending_dcv" }])).toBe(
      "a.example.com (not active: pending_dcv)",
    );
  });

  it("shows nothing in a list about a setting that Cloudflare does not report", () => {
    const unknown = settings({ authentication: null, collectsLogs: null, cacheSeconds: null });
    expect(traitsOf(unknown)).toEqual([]);
  });

  it("names everything that limits agents in a list", () => {
    expect(traitsOf(TROUBLED)).toEqual([
      "no token needed",
      "logs",
      "cache 1 h",
      "100 per minute",
      "retries",
      "spend limit",
      "requires keys",
      "Guardrails",
      "DLP",
    ]);
  });
});
