/** Runs one command of the command line against the file. */
import { isAbsolute } from "node:path";

import { openCloudflareGateway, type CloudflareGateway } from "../main/gateway";
import { aboutError } from "../main/text/unexpected-error";
import type { Result } from "../shared/result";
import type { Changed, ProvidersView } from "../shared/view";
import { parseArguments, type Command } from "./arguments";
import { EXIT, exitCodeOf, type ExitCode } from "./exit-code";
import { folderProblem } from "./home-folder";
import { fileProblem, jsonLine, problemOf, refused, usageProblem, type Outcome } from "./outcome";
import { warnings } from "./warnings";
import { chooseGateway, chooseToken, unconfirmedDomain } from "./gateway-choice";
import { COMMAND_NAME, HELP } from "./help";
import { chosenProviders, hasGateway, includesToken, isOn, isUsable } from "./selection";
import { checkGateway, testProviders } from "./request-commands";
import { windowSettingsFile } from "./settings-file";
import { changeText, gatewaysText, NONE_USABLE, statusText } from "./texts";
import type { Terminal } from "./terminal";

type FileCommand = Exclude<Command, { readonly name: "help" | "version" }>;

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
    if (command.name === "doctor") return await checkGateway(gateway, command, view, terminal);
    const { selection } = command;
    if (!selection.all && includesToken(selection.names, view.providers, env)) {
      return usageProblem(
        "One of the names is not a provider, and may be a token. Nothing was done.",
      );
    }
    return command.name === "test"
      ? await testProviders(gateway, command, view, terminal)
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

/** `--all` without a single provider: nothing to switch off is fine, but nothing was routed. */
function nothingMeant(name: "on" | "off" | "remove"): Outcome {
  const isFine = name !== "on";
  const text = isFine ? "No provider uses a gateway, so nothing was changed.\n" : NONE_USABLE;
  const data = { changed: [], leftOut: [] };
  return { code: isFine ? EXIT.done : EXIT.incomplete, data, text };
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
