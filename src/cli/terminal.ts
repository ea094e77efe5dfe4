/** The parts of the process that the command line uses, so that tests can replace them. */
import { styleText } from "node:util";

export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** The user's home directory. */
  readonly homedir: string;
  /** Standard input; null if it is a terminal. */
  readonly input: AsyncIterable<Uint8Array | string> | null;
  /** Writes text to standard output. */
  readonly print: (text: string) => void;
  /** Writes a line to standard error. */
  readonly say: (line: string) => void;
  /** Whether standard output is a terminal that shows colors. */
  readonly colors: boolean;
}

export type Tone = "good" | "doubtful" | "bad" | "quiet";

const STYLES = { good: "green", doubtful: "yellow", bad: "red", quiet: "dim" } as const;

/** The text in the color of its tone, on a terminal that shows colors. */
export function toned(text: string, tone: Tone, { colors }: Pick<Terminal, "colors">): string {
  // Node would decide again by its own standard output.
  return colors ? styleText(STYLES[tone], text, { validateStream: false }) : text;
}
