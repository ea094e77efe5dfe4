/** Where a host keeps the API token between starts, encrypted. */
import type { Result } from "../../shared/result";

export interface SecretStore {
  /** The stored secret; null if there is none, or it cannot be decrypted. */
  readonly get: () => Promise<string | null>;
  /** Fails, and stores nothing, where only plain text could be stored. */
  readonly set: (secret: string) => Promise<Result<null>>;
  /** Succeeds if there is nothing to delete. */
  readonly delete: () => Promise<Result<null>>;
  /** Whether `set` can encrypt. Absent: it can. */
  readonly isAvailable?: () => Promise<boolean>;
}
