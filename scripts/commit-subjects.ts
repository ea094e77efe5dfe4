/** Reads the subjects of the newest commits: `type(scope): imperative`, short enough for one line of a log. */
import { spawnSync } from "node:child_process";

import { ROOT } from "./runtime";

/** The last commit before the form was agreed on. */
const AGREED_AFTER = "14f2e89";
const LONGEST = 72;
const FORM = /^(?:feat|fix|docs|refactor|perf|test|build|ci|chore|revert)(?:\([a-z0-9-]+\))?!?: /;
/** Imperatives that end as other forms do. */
const IMPERATIVES = new Set([
  "embed",
  "exceed",
  "feed",
  "need",
  "proceed",
  "seed",
  "shed",
  "speed",
]);

/** Why a subject is not in the form, or null. */
export function whatIsWrong(subject: string): string | null {
  if (subject.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if (subject.includes(";")) return "has a semicolon: it is more than one change";
  if (subject.endsWith(".")) return "ends with a period";
  if (!FORM.test(subject)) return "does not begin with “type(scope): ”";
  const [word = ""] = subject.replace(FORM, "").split(" ");
  if (!/^[a-z]/.test(word)) return "does not go on with a verb in lower case";
  const isOther = /(?:ed|ing|[^s]s)$/.test(word) && !IMPERATIVES.has(word);
  return isOther ? `says “${word}” where the imperative belongs` : null;
}

function main(): number {
  const git = (...args: readonly string[]) =>
    spawnSync("git", args, { cwd: ROOT, encoding: "utf8" });
  if (git("merge-base", "--is-ancestor", AGREED_AFTER, "HEAD").status !== 0) {
    console.log(`The history from ${AGREED_AFTER} on is not here, so no subject was read.`);
    return 0;
  }
  const log = git("log", "--no-merges", "--format=%h %s", `${AGREED_AFTER}..HEAD`);
  const commits = log.stdout.split("\n").filter((line) => line !== "");
  const wrong = commits.flatMap((line) => {
    const why = whatIsWrong(line.slice(line.indexOf(" ") + 1));
    return why === null ? [] : [`${line}\n    ${why}`];
  });
  for (const line of wrong) console.log(line);
  console.log(`${commits.length} subjects read, ${wrong.length} of them not in the form.`);
  return log.status === 0 && wrong.length === 0 ? 0 : 1;
}

if (require.main === module) process.exit(main());
