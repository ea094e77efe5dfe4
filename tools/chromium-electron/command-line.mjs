/** Parses Electron's command line into Electron's switches, the app and the app's arguments. */
/**
 * Every `--name[=value]` is a switch in any position, as in Chromium. The first other argument is the app. The app
 * sees all arguments in `process.argv`.
 *
 * @param {readonly string[]} args without Node and this program
 */
export function parseCommandLine(args) {
  /** @type {Map<string, string>} */
  const switches = new Map();
  /** @type {string[]} */
  const required = [];
  /** @type {string | undefined} */
  let app;
  /** @type {string | undefined} */
  let inspect;
  let wantsVersion = false;
  for (let index = 0; index < args.length; index++) {
    const arg = /** @type {string} */ (args[index]);
    if (arg === "--") break;
    const [, name, value = ""] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (app === undefined && (arg === "-r" || arg === "--require")) {
      required.push(args[++index] ?? "");
    } else if (app === undefined && (arg === "-v" || arg === "--version")) {
      wantsVersion = true;
    } else if (app === undefined && (name === "inspect" || name === "inspect-brk")) {
      if (name === "inspect-brk")
        throw new Error("chromium-electron does not imitate --inspect-brk.");
      inspect = value;
    } else if (name !== undefined) {
      switches.set(name, value);
    } else if (app === undefined) {
      app = arg;
    }
  }
  return { switches, required, app, inspect, wantsVersion };
}
