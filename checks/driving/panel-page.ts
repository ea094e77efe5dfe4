/** A page object of the panel: finds rows, switches, tests and reports by their visible names. */
import type { Locator, Page } from "playwright";

export interface GatewayFields {
  readonly accountId?: string;
  readonly gatewayName?: string;
  readonly segment?: string;
  readonly token?: string;
}

export class PanelPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Resolves once the providers are on screen. */
  async ready(): Promise<void> {
    await this.page.getByRole("switch").first().waitFor();
  }

  row(name: string): Locator {
    return this.page.getByRole("listitem", { name, exact: true });
  }

  names(): Promise<readonly string[]> {
    return this.page.locator(".cfgw-name").allTextContents();
  }

  /** The button that opens and closes a row. Its name includes the route and the last result. */
  trigger(name: string): Locator {
    return this.row(name).locator(".cfgw-trigger");
  }

  /** The row's route, in the words of a screen reader. */
  where(name: string): Locator {
    return this.row(name).locator(".cfgw-route");
  }

  /** The row's route, as a button with a menu. */
  chip(name: string): Locator {
    return this.row(name).locator(".cfgw-chip");
  }

  /** Chooses an entry of the route's menu. */
  async chooseRoute(name: string, entry: string): Promise<void> {
    await this.chip(name).click();
    await this.page
      .getByRole("menuitem", { name: entry })
      .or(this.page.getByRole("menuitemradio", { name: entry }))
      .click();
  }

  /** The content of an open row, below it or beside the list. */
  details(name: string): Locator {
    return this.page.getByRole("group", { name: `Details of ${name}`, exact: true });
  }

  switchOf(name: string): Locator {
    return this.row(name).getByRole("switch");
  }

  /** Opens a row on its settings. */
  async open(name: string): Promise<void> {
    const trigger = this.trigger(name);
    if ((await trigger.getAttribute("aria-expanded")) !== "true") await trigger.click();
    const tab = this.details(name).getByRole("tab", { name: "Settings" });
    if ((await tab.getAttribute("aria-selected")) !== "true") await tab.click();
  }

  field(name: string, label: string): Locator {
    return this.details(name).getByRole("textbox", { name: label });
  }

  async fill(name: string, fields: GatewayFields): Promise<void> {
    const labels = {
      accountId: "Account ID",
      gatewayName: "Gateway name",
      segment: "Segment",
      token: "Gateway token",
    } as const;
    const { segment: _, ...ofGateway } = fields;
    if (Object.keys(ofGateway).length > 0) await this.enterAnotherGateway(name);
    for (const key of ["accountId", "gatewayName", "segment", "token"] as const) {
      const value = fields[key];
      if (value !== undefined) await this.details(name).getByLabel(labels[key]).fill(value);
    }
  }

  /** Shows the fields for a gateway that is not in the list of the open row. */
  async enterAnotherGateway(name: string): Promise<void> {
    const details = this.details(name);
    const picker = details.getByRole("combobox", { name: "Gateway", exact: true });
    const list = details.getByRole("button", { name: "Enter the names instead" });
    const entry = this.field(name, "Account ID").or(list).first();
    await picker.or(entry).first().waitFor();
    if ((await picker.count()) > 0) await picker.selectOption("another");
    await entry.waitFor();
    if ((await list.count()) > 0) await list.click();
  }

  gatewayCard(name: string): Locator {
    return this.page.getByRole("region", { name: "Cloudflare gateways" }).getByRole("listitem", {
      name,
      exact: true,
    });
  }

  /** The form for a new gateway. */
  get newGateway(): Locator {
    return this.page.getByRole("form", { name: /^(?:New gateway|Set up your gateway)$/ });
  }

  /** The box that says that the gateway in a row's form needs no token. */
  openBox(name: string): Locator {
    return this.details(name).getByRole("checkbox", { name: "This gateway is open" });
  }

  save(name: string): Locator {
    return this.details(name).getByRole("button", { name: /^Save/ });
  }

  /**
   * Turns on a provider for the first time: opens, fills and saves the form. Without a token, the
   * gateway is said to be open where the form asks.
   */
  async switchOnWith(name: string, fields: GatewayFields): Promise<void> {
    await this.switchOf(name).click();
    await this.fill(name, fields);
    if (fields.token === undefined && (await this.openBox(name).count()) > 0) {
      await this.openBox(name).check();
    }
    await this.save(name).click();
    await this.saved();
  }

  /** Resolves when the last change is saved: the panel then offers Undo. */
  async saved(): Promise<void> {
    await this.page.getByRole("button", { name: "Undo" }).waitFor();
  }

  /** Presses Test and waits for the report or the error. */
  async test(name: string): Promise<Locator> {
    await this.row(name)
      .getByRole("button", { name: `Test ${name}` })
      .click();
    const report = this.report(name);
    await report.and(this.page.locator('[aria-busy="false"]')).waitFor({ timeout: 40_000 });
    return report;
  }

  report(name: string): Locator {
    return this.details(name).locator(".cfgw-test");
  }

  verdict(name: string): Locator {
    return this.report(name).locator(".cfgw-verdict-text");
  }

  /** The timings, the evidence and the comparison of a report, expanded. */
  async evidence(name: string): Promise<Locator> {
    const report = this.report(name);
    const button = report.getByRole("button", { name: /^(?:Evidence|Times and comparison)$/ });
    if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
    return report;
  }

  /** The last test's badge in a provider's row, which opens the report. */
  badge(name: string): Locator {
    return this.row(name).locator(".cfgw-last");
  }

  /** The part of the report's diagram that is marked as failed. */
  async failedPart(name: string): Promise<string> {
    const failed = this.report(name).locator('.cfgw-picture > [data-state="failed"]');
    await failed.waitFor();
    const label = failed.locator(".cfgw-stop-label");
    return (await label.count()) === 0 ? "the way there" : label.innerText();
  }

  /** Chooses an entry of the menu in the status strip. */
  async choose(entry: string | RegExp): Promise<void> {
    await this.page.getByRole("button", { name: "More actions" }).click();
    await this.page.getByRole("menuitem", { name: entry }).click();
  }

  /** Routes all ready providers through the usual gateway. */
  async routeAll(): Promise<void> {
    await this.choose(/^Route \d+ more/);
    await this.page
      .getByRole("alertdialog")
      .getByRole("button", { name: /^Route/ })
      .click();
  }

  /** Shows the providers that are collapsed into one line. */
  async expandLists(): Promise<void> {
    const lines = this.page.locator('.cfgw-fold-button[aria-expanded="false"]');
    while ((await lines.count()) > 0) await lines.first().click();
  }

  get testAllSum(): Locator {
    return this.page.locator(".cfgw-all-sum");
  }

  /** Presses "Test all" and waits for its summary. */
  async testAll(): Promise<void> {
    await this.page.getByRole("button", { name: "Test all" }).click();
    await this.page.locator(".cfgw-all-sum:not(:empty)").waitFor({ timeout: 40_000 });
  }

  /** Returns the text that pressing a button copies, by intercepting the clipboard. */
  async copied(button: Locator): Promise<string> {
    await this.page.evaluate(() => {
      navigator.clipboard.writeText = (text) => {
        Reflect.set(window, "copiedText", text);
        return Promise.resolve();
      };
    });
    await button.click();
    await this.page.waitForFunction(() => Reflect.has(window, "copiedText"));
    return this.page.evaluate(() => String(Reflect.get(window, "copiedText")));
  }
}
