/** Checks the subjects of the newest commits: `type(scope): imperative`, short enough for a log line. */
import { spawnSync } from "node:child_process";

import { ROOT } from "./runtime";

/** The last commit before this format was introduced. */
const FORMAT_SINCE = "14f2e89";
const LONGEST = 72;
const FORM =
  /^(?:feat|fix|docs|refactor|perf|test|build|ci|chore|revert|style)(?:\([a-z0-9-]+\))?!?: /;
/** Imperatives that look like another verb form. */
const IMPERATIVES = new Set([
  "embed",
  "exceed",
  "feed",
  "focus",
  "need",
  "proceed",
  "seed",
  "shed",
  "speed",
]);

/** Why a subject does not have the format, or null. */
export function subjectProblem(subject: string): string | null {
  if (subject.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if (subject.includes(";")) return "has a semicolon, which suggests more than one change";
  if (subject.endsWith(".")) return "ends with a period";
  if (!FORM.test(subject)) return "does not begin with “type(scope): ”";
  const [word = ""] = subject.replace(FORM, "").split(" ");
  if (!/^[a-z]/.test(word)) return "does not continue with a lower-case verb";
  const isOther = /(?:ed|ing|[^s]s)$/.test(word) && !IMPERATIVES.has(word);
  return isOther ? `has “${word}” instead of an imperative` : null;
}

function main(): number {
  const git = (...args: readonly string[]) =>
    spawnSync("git", args, { cwd: ROOT, encoding: "utf8" });
  if (git("merge-base", "--is-ancestor", FORMAT_SINCE, "HEAD").status !== 0) {
    console.log(`The history does not contain ${FORMAT_SINCE}, so no subject was checked.`);
    return 0;
  }
  const log = git("log", "--no-merges", "--format=%h %s", `${FORMAT_SINCE}..HEAD`);
  const commits = log.stdout.split("\n").filter((line) => line !== "");
  const wrong = commits.flatMap((line) => {
    const why = subjectProblem(line.slice(line.indexOf(" ") + 1));
    return why === null ? [] : [`${line}\n    ${why}`];
  });
  for (const line of wrong) console.log(line);
  console.log(`${commits.length} subjects checked, ${wrong.length} with a problem.`);
  return log.status === 0 && wrong.length === 0 ? 0 : 1;
}

if (require.main === module) process.exit(main());
