/** The log of the command line. */
import { harmless } from "../main/text/harmless-text";
import type { Log } from "../main/text/log";
import type { Terminal } from "./terminal";

/** Standard output is the command's result alone, and each warning is shown once. */
export function warnings({ say }: Pick<Terminal, "say">): Log {
  const said = new Set<string>();
  return {
    info: () => undefined,
    warn: (message, details = {}) => {
      const values = Object.values(details).map(String).join(", ");
      const line = harmless(values === "" ? message : `${message}: ${values}`).replaceAll(
        "\n",
        "␊",
      );
      if (!said.has(line)) say(line);
      said.add(line);
    },
  };
}
