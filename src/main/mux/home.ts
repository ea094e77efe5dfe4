/** Finds mux's home and its providers.jsonc by mux's own rules. Reads directories only. */
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, isAbsolute, join, relative, resolve, sep } from "node:path";

import type { MuxAppName } from "../../shared/mux-route";

export const PROVIDERS_FILE = "providers.jsonc";

export interface HomeInput {
  /** Set by a host. It takes precedence over the environment and the defaults. */
  readonly home?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** The user's home directory. */
  readonly homedir: string;
}

export interface ProvidersHome {
  /** Absolute path of mux's home, whether or not it exists. */
  readonly directory: string;
  /** Absolute path of its providers.jsonc, whether or not it exists. */
  readonly file: string;
  /** An unused providers.jsonc in another default home of mux, or null. */
  readonly other: string | null;
  /** The name of the app that uses this home. */
  readonly app: MuxAppName;
}

/**
 * The home that mux would use: `XUM_ROOT ?? MUX_ROOT` verbatim, a populated `~/.xum`, the target of
 * the fallback marker, the first existing directory of `~/.xum`, `~/.mux` and `~/.cmux`, or `~/.xum`.
 * With `NODE_ENV=development`, the default homes end in `-dev`.
 * Source: mux 0.28.3, home resolution.
 */
export function findHome({ home, env, homedir }: HomeInput): ProvidersHome {
  // As in mux, an empty XUM_ROOT hides MUX_ROOT and selects the defaults.
  const given = home ?? env["XUM_ROOT"] ?? env["MUX_ROOT"];
  if (given) {
    const directory = resolve(given);
    const file = join(directory, PROVIDERS_FILE);
    return { directory, file, other: null, app: appOf(directory, env) };
  }
  const suffix = env["NODE_ENV"] === "development" ? "-dev" : "";
  const directory = defaultHome(homedir, suffix);
  const file = join(directory, PROVIDERS_FILE);
  return {
    directory,
    file,
    other: otherFile(file, homedir, suffix),
    app: appOf(directory, env),
  };
}

/** A path for display: below the home directory it starts with `~`. */
export function shownPath(file: string, homedir: string): string {
  const below = relative(homedir, file);
  const isBelow =
    homedir !== "" && below !== "" && below.split(sep)[0] !== ".." && !isAbsolute(below);
  return isBelow ? `~${sep}${below}` : file;
}

/** Absolute path of the providers.jsonc that mux would read. */
export function findProvidersFile(input: HomeInput): string {
  return findHome(input).file;
}

/** By the name of the home, else by the variable that only the newer app reads. */
function appOf(directory: string, env: NodeJS.ProcessEnv): MuxAppName {
  const name = basename(directory);
  if (name.startsWith(".xum")) return "Xum";
  if (name.startsWith(".mux") || name.startsWith(".cmux")) return "mux";
  return env["XUM_ROOT"] && !env["MUX_ROOT"] ? "Xum" : "mux";
}

function defaultHome(homedir: string, suffix: string): string {
  const xum = join(homedir, `.xum${suffix}`);
  const mux = join(homedir, `.mux${suffix}`);
  if (isPopulated(xum)) return xum;
  const fallback = markedFallback(homedir, suffix);
  if (fallback !== null) return fallback;
  const older = suffix === "" ? [join(homedir, ".cmux")] : [];
  return [xum, mux, ...older].find(isDirectory) ?? xum;
}

/** mux writes the marker when it cannot move an old home, and keeps using that home. */
function markedFallback(homedir: string, suffix: string): string | null {
  const marker = join(homedir, `.xum${suffix}.legacy-fallback`);
  try {
    const found = lstatSync(marker);
    if (!found.isFile() || found.size > 64) return null;
    const name = readFileSync(marker, "utf8").trim();
    const allowed = suffix === "" ? [".mux", ".cmux"] : [`.mux${suffix}`];
    const target = join(homedir, name);
    return allowed.includes(name) && isDirectory(target) ? target : null;
  } catch {
    return null;
  }
}

function otherFile(used: string, homedir: string, suffix: string): string | null {
  const names = [`.xum${suffix}`, `.mux${suffix}`];
  const others = names.map((name) => join(homedir, name, PROVIDERS_FILE));
  // mux leaves a symlink where it moved a home, so both names can refer to the same file.
  const real = realPath(used);
  return (
    others.find((file) => file !== used && realPath(file) !== null && realPath(file) !== real) ??
    null
  );
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Whether a directory has an entry. An unreadable directory counts as populated. */
function isPopulated(path: string): boolean {
  if (!isDirectory(path)) return false;
  try {
    return readdirSync(path).length > 0;
  } catch {
    return true;
  }
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
