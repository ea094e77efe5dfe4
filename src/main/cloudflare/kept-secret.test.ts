/** The order and the time limits of the calls to a host's store of secrets. */
import { describe, expect, it } from "vitest";

import { success } from "../../shared/result";
import { recordingLog } from "../proof/testing/provider";
import { openKeptSecret } from "./kept-secret";
import type { SecretStore } from "./secret-store";

const SECRET = "the-api-token";

/** A store whose `set` ends only when `save` is called. */
function slowStore() {
  const state: { value: string | null } = { value: null };
  let save = (): void => undefined;
  let onDelete = (): void => undefined;
  const saving = new Promise<void>((resolve) => {
    save = resolve;
  });
  const deleted = new Promise<void>((resolve) => {
    onDelete = resolve;
  });
  const store: SecretStore = {
    get: async () => state.value,
    set: async (secret) => {
      await saving;
      state.value = secret;
      return success(null);
    },
    delete: async () => {
      state.value = null;
      onDelete();
      return success(null);
    },
  };
  return { store, state, save: () => save(), deleted };
}

describe("a stored secret", () => {
  it("stays deleted when an earlier save ends late", async () => {
    const { store, state, save } = slowStore();
    const kept = openKeptSecret(store, recordingLog());
    const saved = kept.set(SECRET);
    const deleted = kept.delete();
    save();
    expect([await saved, await deleted]).toEqual([success(null), success(null)]);
    expect(state.value).toBe(null);
  });

  it("is deleted when its save ends after the time limit", async () => {
    const { store, state, save, deleted } = slowStore();
    const kept = openKeptSecret(store, recordingLog(), 5);
    expect(await kept.set(SECRET)).toMatchObject({ error: { code: "secret_not_saved" } });
    save();
    await deleted;
    expect(state.value).toBe(null);
  });

  it("is waited for only until the time limit", async () => {
    const never = async () => new Promise<never>(() => undefined);
    const store: SecretStore = { get: never, set: never, delete: never, isAvailable: never };
    const kept = openKeptSecret(store, recordingLog(), 5);
    expect(await kept.isAvailable()).toBe(false);
    expect(await kept.get()).toBe(null);
    expect(await kept.set(SECRET)).toMatchObject({ error: { code: "secret_not_saved" } });
    expect(await kept.delete()).toMatchObject({ error: { code: "secret_not_deleted" } });
  });
});
