/** Runs one command of the command line against the file. */
import { isAbsolute } from "node:path";

import { openCloudflareGateway, type CloudflareGateway } from "../main/gateway";
import { aboutError } from "../main/text/unexpected-error";
import { goesElsewhere } from "../shared/mux-route";
import type { Result } from "../shared/result";
import type { Changed, ProvidersView, ProviderView } from "../shared/view";
import { parseArguments, type Command } from "./arguments";
import { doctorText, isHealthy } from "./doctor-text";
import { EXIT, exitCodeOf, type ExitCode } from "./exit-code";
import { folderProblem } from "./home-folder";
import {
  fileProblem,
  jsonLine,
  ofCommandLine,
  problemOf,
  refused,
  usageProblem,
  type Outcome,
} from "./outcome";
import { warnings } from "./warnings";
import { chooseGateway, chooseToken, unconfirmedDomain } from "./gateway-choice";
import { COMMAND_NAME, HELP } from "./help";
import { chosenProviders, hasGateway, includesToken, isOn, isUsable } from "./selection";
import { windowSettingsFile } from "./settings-file";
import { hasPassed, testSummary, testText, type Tested } from "./test-text";
import { changeText, gatewaysText, statusText } from "./texts";
import type { Terminal } from "./terminal";

type FileCommand = Exclude<Command, { readonly name: "help" | "version" }>;

/** Requests at the same time, as in the panel. */
const TESTS_AT_ONCE = 4;

/** Runs the command in `args` (without the program). Resolves with the exit code. Never rejects for a refused call. */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  version: string,
): Promise<ExitCode> {
  const parsed = parseArguments(args);
  if (!parsed.success) {
    const { message, json } = parsed;
    terminal.say(message);
    terminal.say(`Run “${COMMAND_NAME} help” for the commands and options.`);
    if (json) terminal.print(jsonLine(null, usageProblem(message)));
    return EXIT.usage;
  }
  const { command } = parsed;
  const outcome = await outcomeOf(command, terminal, version);
  if (outcome.problem !== undefined) terminal.say(outcome.problem);
  if (command.json) terminal.print(jsonLine(command.name, outcome));
  else if (outcome.text !== "") terminal.print(outcome.text);
  return outcome.code;
}

async function outcomeOf(command: Command, terminal: Terminal, version: string): Promise<Outcome> {
  if (command.name === "help") return { code: EXIT.done, data: { help: HELP }, text: HELP };
  if (command.name === "version") {
    return { code: EXIT.done, data: { version }, text: `${version}\n` };
  }
  return onFile(command, terminal);
}

/** Never rejects, so that `--json` prints one object in any case. */
async function onFile(command: FileCommand, terminal: Terminal): Promise<Outcome> {
  try {
    const problem = command.home === null ? null : folderProblem(command.home);
    return problem === null
      ? await withGateway(command, terminal)
      : fileProblem("home_invalid", problem);
  } catch (error) {
    const message = `Internal error (${aboutError(error).what}).`;
    return problemOf(EXIT.incomplete, { code: "internal", message });
  }
}

async function withGateway(command: FileCommand, terminal: Terminal): Promise<Outcome> {
  const { env } = terminal;
  const settingsFile = windowSettingsFile(terminal);
  const gateway = openCloudflareGateway({
    ...(command.home === null ? {} : { home: command.home }),
    env,
    log: warnings(terminal),
    mirror: true,
    settingsFile,
    ...(command.name === "on" && !command.mirror ? { addMirror: false } : {}),
  });
  try {
    // With a relative home folder, the token would be written below the current folder.
    if (!isAbsolute(gateway.file) || !isAbsolute(settingsFile)) {
      return fileProblem("home_unknown", "Your home folder is unknown. Set HOME to its full path.");
    }
    const read = await gateway.providers();
    if (!read.success) return refused(read.error);
    const view = read.data;
    if (command.name === "status") return reading(view, statusText(view), { view });
    if (command.name === "gateways") {
      const { gateways, environmentGateway } = view;
      return reading(view, gatewaysText(view), { gateways, environmentGateway });
    }
    if (view.problem !== null) return refused(view.problem);
    if (command.name === "doctor") return await doctor(gateway, command, view, terminal);
    const { selection } = command;
    if (!selection.all && includesToken(selection.names, view.providers, env)) {
      return usageProblem(
        "One of the names is not a provider, and may be a token. Nothing was done.",
      );
    }
    return command.name === "test"
      ? await test(
          gateway,
          chosenProviders(selection, view.providers, isUsable),
          view,
          command,
          terminal,
        )
      : await change(gateway, command, view, terminal);
  } finally {
    await gateway.close();
  }
}

/** The outcome of a command that only reads. The text of a broken file shows its readable part. */
function reading(view: ProvidersView, text: string, data: Outcome["data"]): Outcome {
  const { problem } = view;
  if (problem === null) return { code: EXIT.done, data, text };
  const code = exitCodeOf(problem);
  return { code, data: { ...data, error: problem }, text, problem: problem.message };
}

async function change(
  gateway: CloudflareGateway,
  command: Extract<FileCommand, { readonly name: "on" | "off" | "remove" }>,
  view: ProvidersView,
  terminal: Terminal,
): Promise<Outcome> {
  const { name, selection } = command;
  const isMeant = { on: isUsable, off: isOn, remove: hasGateway }[name];
  const names = chosenProviders(selection, view.providers, isMeant);
  if (names.length === 0) return nothingMeant(name);
  const providers = names.map((provider) => ({ provider }));
  if (name === "off") return changed(names, await gateway.direct({ providers }));
  if (name === "remove") return changed(names, await gateway.remove({ providers }));
  const key = chooseGateway(command, view.gateways);
  if (!key.success) return usageProblem(key.message);
  const domain = unconfirmedDomain(key.data, view.gateways);
  if (domain !== null && !command.confirmHost) {
    return usageProblem(
      "Whoever owns the custom domain sees your keys and prompts. If it is yours, add --confirm-host.",
    );
  }
  const token = await chooseToken(command.token, terminal);
  if (!token.success) return usageProblem(token.message);
  if (domain !== null) {
    const confirmed = await gateway.confirmDomain(domain);
    if (!confirmed.success) return refused(confirmed.error);
  }
  const { segment } = command;
  const routes = names.map((provider) => ({ provider, ...(segment === null ? {} : { segment }) }));
  const result = await gateway.route({
    gateway: { ...key.data, ...token.data },
    providers: routes,
  });
  return changed(names, result);
}

/** `--all` without a single provider: nothing to switch off is fine, but nothing was routed or tested. */
function nothingMeant(name: "on" | "off" | "remove" | "test"): Outcome {
  const isFine = name === "off" || name === "remove";
  const text = isFine
    ? "No provider uses a gateway, so nothing was changed.\n"
    : "No enabled provider has a key and can use a gateway.\n";
  const none = name === "test" ? { tests: [] } : { changed: [], leftOut: [] };
  return { code: isFine ? EXIT.done : EXIT.incomplete, data: none, text };
}

function changed(asked: readonly string[], result: Result<Changed>): Outcome {
  if (!result.success) return refused(result.error);
  const { changed: names, leftOut } = result.data;
  return {
    code: leftOut.length === 0 ? EXIT.done : EXIT.incomplete,
    data: { changed: names, leftOut },
    text: changeText(asked, result.data),
  };
}

async function test(
  gateway: CloudflareGateway,
  names: readonly string[],
  { providers }: ProvidersView,
  { json }: FileCommand,
  terminal: Terminal,
): Promise<Outcome> {
  if (names.length === 0) return nothingMeant("test");
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
async function doctor(
  gateway: CloudflareGateway,
  command: Extract<FileCommand, { readonly name: "doctor" }>,
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
