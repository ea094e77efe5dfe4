/** Loads the parts about the user's Cloudflare account once the first screen is drawn. */
import { useEffect, useState } from "react";

import type * as parts from "./parts";

export type AccountParts = typeof parts;

let loaded: AccountParts | null = null;

const LOAD_AFTER_MS = 150;

/** Resolves when the parts can be shown. Rejects if they could not be loaded. */
export async function loadAccountParts(): Promise<void> {
  loaded = await import("./parts");
}

/** Null until the parts are loaded. Until then, the page works as it does without an account. */
export function useAccountParts(): AccountParts | null {
  const [known, setKnown] = useState(loaded);
  useEffect(() => {
    if (known !== null) return undefined;
    let isMounted = true;
    const load = async () => {
      await loadAccountParts();
      if (isMounted) setKnown(loaded);
    };
    const timer = setTimeout(() => {
      load().catch(() => undefined);
    }, LOAD_AFTER_MS);
    return () => {
      isMounted = false;
      clearTimeout(timer);
    };
  }, [known]);
  return known;
}
