import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { GATEWAY_METHODS } from "../src/shared/contract";

const read = (file: string): string => readFileSync(join(__dirname, "..", file), "utf8");
const PAGE = read("docs/upgrading.md");
const VIEW = read("src/shared/view.ts");

/** The contract of version 0.1.0. */
const BEFORE = {
  methods: `providers enable disable forget fix setMirror undo test stopTest tests`.split(" "),
  codes: `file_invalid file_not_object file_too_deep file_too_large file_not_utf8 file_permission
    file_read_only disk_read_only disk_full file_is_directory file_link_dangling file_vanished
    file_unreadable file_unwritable file_overwritten edit_refused lock_held lock_is_file provider_unknown
    provider_not_object provider_disabled provider_not_routable provider_not_supported block_not_object
    block_duplicate block_missing fix_unavailable mirror_fixed conflict undo_nothing undo_changed
    account_id_invalid gateway_name_invalid segment_invalid segment_required token_invalid model_invalid
    model_missing key_missing key_file_unreadable key_invalid header_invalid base_url_invalid
    base_url_missing cancelled tests_too_many input_invalid sender_untrusted closed disconnected
    internal`.split(/\s+/),
  members:
    `version file otherFile exists problem providers usual mirror undoSteps id name kind inFile
    enabled keySource unroutable route gatewayByHand gateway baseUrl directBaseUrl models notices
    mark`.split(/\s+/),
};

const codesNow = ["errors", "input-errors", "account-errors"].flatMap((file) =>
  [...read(`src/shared/${file}.ts`).matchAll(/^ {2}([a-z]+(?:_[a-z0-9]+)*): \(/gm)].map(
    ([, code = ""]) => code,
  ),
);

/** The members of the view and of its providers. */
const membersNow = ["ProvidersView", "ProviderView"].flatMap((name) => {
  const [, body = ""] =
    new RegExp(`^export interface ${name} \\{$(.*?)^\\}$`, "ms").exec(VIEW) ?? [];
  return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, member = ""]) => member);
});

describe("the notes for hosts name", () => {
  it("every error code that version 0.1.0 did not have, and no code was removed", () => {
    expect(codesNow.length).toBeGreaterThan(BEFORE.codes.length);
    expect(BEFORE.codes.filter((code) => !codesNow.includes(code))).toEqual([]);
    const added = codesNow.filter((code) => !BEFORE.codes.includes(code));
    expect(added.filter((code) => !PAGE.includes(`\`${code}\``))).toEqual([]);
  });

  it("every call that version 0.1.0 did not have, and how many there are", () => {
    const before = BEFORE.methods;
    const added = GATEWAY_METHODS.filter((method) => !before.includes(method));
    expect(added.filter((method) => !PAGE.includes(`\`${method}\``))).toEqual([]);
    expect(PAGE).toContain(`have ${before.length} calls`);
    expect(PAGE).toContain(`${GATEWAY_METHODS.length} calls`);
  });

  it("every member of a view that version 0.1.0 did not have", () => {
    expect(BEFORE.members.filter((member) => !membersNow.includes(member))).toEqual([]);
    const added = membersNow.filter((member) => !BEFORE.members.includes(member));
    expect(added.length).toBeGreaterThan(10);
    expect(added.filter((member) => !PAGE.includes(`\`${member}\``))).toEqual([]);
  });
});
