/** Collects the licences of bundled packages, which require a notice in every copy. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;

/** The package folders of these modules. Our own modules have none. */
export function packageFolders(modules: readonly string[]): readonly string[] {
  const folders = modules.flatMap(
    (file) => PACKAGE.exec(file.replaceAll("\\", "/").replace(/^\0/, ""))?.[0] ?? [],
  );
  return [...new Set(folders)].toSorted();
}

/** Throws when a package neither contains nor names its licence. */
export function notices(folders: readonly string[]): string {
  return folders.map(notice).join(`\n${"-".repeat(72)}\n\n`);
}

function notice(folder: string): string {
  const { name, version, license }: Manifest = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file !== undefined) {
    return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  }
  if (license === undefined) throw new Error(`${name} does not declare a licence.`);
  return `${name} ${version}\n\n${license}. The package brings no text of it.\n`;
}
