/** URLs that open a file at a line. Electron's `shell.openPath` cannot do that, and a broken file may be long. */
import type { FilePlace } from "../../shared/errors";

/** The schemes of editors that understand `<scheme>://file/<path>:<line>:<column>`, as VS Code documents it. */
const SCHEMES = ["vscode", "cursor", "windsurf", "zed"] as const;

/**
 * The URL that opens `file` at `place` in an installed editor, or null if none is installed.
 *
 * @param isInstalled tells whether a program is registered for a scheme
 * @see https://code.visualstudio.com/docs/configure/command-line#_opening-vs-code-with-urls
 */
export function editorUrl(
  file: string,
  place: FilePlace,
  isInstalled: (scheme: string) => boolean,
): string | null {
  const scheme = SCHEMES.find(isInstalled);
  if (scheme === undefined) return null;
  const path = file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  // A Windows path starts with its drive, whose colon editors expect as it is.
  const rooted = path.startsWith("/") ? path : `/${path.replace(/^([A-Za-z])%3A/, "$1:")}`;
  return `${scheme}://file${rooted}:${place.line}:${place.column}`;
}
