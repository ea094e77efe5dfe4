/** Tests the mapping of the app's scheme in both directions. */
import { expect, test } from "vitest";

import { Schemes } from "./schemes.mjs";

function schemesWithApp(): Schemes {
  const schemes = new Schemes();
  schemes.register([
    { scheme: "app", privileges: { standard: true, secure: true } },
    { scheme: "plain", privileges: {} },
  ]);
  return schemes;
}

test.each([
  ["app://panel/index.html", "https://panel.app.localhost/index.html"],
  ["app://panel/a?b=app://c#d", "https://panel.app.localhost/a?b=app://c#d"],
  ["app://panel", "https://panel.app.localhost"],
])("maps %s to %s and back", (app, chromium) => {
  const schemes = schemesWithApp();

  expect(schemes.toChromium(app)).toBe(chromium);
  expect(schemes.toApp(chromium)).toBe(app);
});

test.each([
  "https://example.com/panel.app.localhost/",
  "https://panel.app.localhost.example.com/",
  "https://panel.app.localhost:8443/",
  "http://panel.app.localhost/",
  "https://panel.other.localhost/",
  "plain://panel/",
])("does not map %s", (url) => {
  const schemes = schemesWithApp();

  expect(schemes.toApp(url)).toBe(url);
  expect(schemes.toChromium(url)).toBe(url);
});

test("returns Electron's origin of an app URL", () => {
  expect(schemesWithApp().originOf("app://panel/index.html?x")).toBe("app://panel");
});

test("maps a scheme in a policy to its hosts in Chromium", () => {
  expect(
    schemesWithApp().headerToChromium("default-src app: 'self'; img-src app://panel/a.png data:"),
  ).toBe(
    "default-src https://*.app.localhost 'self'; img-src https://panel.app.localhost/a.png data:",
  );
});
