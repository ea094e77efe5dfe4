/** Commands that send requests to providers: the route tests and the checklist. */
import type { CloudflareGateway } from "../main/gateway";
import { goesElsewhere } from "../shared/mux-route";
import type { ProvidersView, ProviderView } from "../shared/view";
import type { Command } from "./arguments";
import { doctorText, isHealthy } from "./doctor-text";
import { EXIT } from "./exit-code";
import { chooseGateway } from "./gateway-choice";
import { ofCommandLine, refused, usageProblem, type Outcome } from "./outcome";
import { chosenProviders, includesToken, isUsable } from "./selection";
import type { Terminal } from "./terminal";
import { hasPassed, testSummary, testText, type Tested } from "./test-text";
import { NONE_USABLE } from "./texts";

/** Requests at the same time, as in the panel. */
const TESTS_AT_ONCE = 4;

/** Tests the selected providers, and prints each result as soon as it arrives. */
export async function testProviders(
  gateway: CloudflareGateway,
  { selection, json }: Extract<Command, { readonly name: "test" }>,
  { providers }: ProvidersView,
  terminal: Terminal,
): Promise<Outcome> {
  const names = chosenProviders(selection, providers, isUsable);
  if (names.length === 0) {
    return { code: EXIT.incomplete, data: { tests: [] }, text: NONE_USABLE };
  }
  const views = new Map(providers.map((provider) => [provider.id, provider]));
  const tests: Tested[] = [];
  const waiting = names.entries();
  const worker = async (): Promise<void> => {
    for (const [place, name] of waiting) {
      const tested = await testOne(gateway, name, views.get(name));
      tests[place] = tested;
      // A slow provider does not hold back the results of the others.
      if (!json) terminal.print(testText(tested, terminal));
    }
  };
  await Promise.all(Array.from({ length: Math.min(TESTS_AT_ONCE, names.length) }, worker));
  return {
    code: tests.every(hasPassed) ? EXIT.done : EXIT.incomplete,
    data: { tests: tests.map(testData) },
    text: testSummary(tests),
  };
}

async function testOne(
  gateway: CloudflareGateway,
  name: string,
  provider: ProviderView | undefined,
): Promise<Tested> {
  const elsewhere =
    provider !== undefined && goesElsewhere(provider.muxRoute) ? provider.muxRoute.message : null;
  const route = elsewhere === null ? "saved" : "mux";
  return { provider: name, route, elsewhere, result: await gateway.test(name, { route }) };
}

/** Running the command counts as the consent to send the environment's API token to Cloudflare. */
export async function checkGateway(
  gateway: CloudflareGateway,
  command: Extract<Command, { readonly name: "doctor" }>,
  view: ProvidersView,
  terminal: Terminal,
): Promise<Outcome> {
  const { gatewayName } = command;
  const isKnown = view.gateways.some((each) => each.gatewayName === gatewayName);
  if (
    gatewayName !== null &&
    !isKnown &&
    includesToken([gatewayName], view.providers, terminal.env)
  ) {
    return usageProblem("The name of the gateway may be a token. Nothing was done.");
  }
  const key = chooseGateway(command, view.gateways);
  if (!key.success) return usageProblem(key.message);
  const connected = await gateway.cloudflare.connect({
    token: { from: "environment" },
    remember: false,
  });
  const report = await gateway.cloudflare.doctor(key.data);
  if (!report.success) return refused(report.error);
  const error = connected.success ? null : ofCommandLine(connected.error);
  const isDone = error === null && isHealthy(report.data);
  return {
    code: isDone ? EXIT.done : EXIT.incomplete,
    data: { report: report.data, ...(error === null ? {} : { error }) },
    text: doctorText(report.data, terminal),
    ...(error === null ? {} : { problem: error.message }),
  };
}

function testData(tested: Tested): Readonly<Record<string, unknown>> {
  const { provider, route, result } = tested;
  const outcome = result.success ? { report: result.data } : { error: result.error };
  return { provider, route, passed: hasPassed(tested), ...outcome };
}
