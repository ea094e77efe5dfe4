/** Loads the content of open rows when the first row opens, or before, while nothing else happens. */
import { lazy, Suspense, useState, type ComponentProps, type ComponentType } from "react";

import type { RowDetails } from "./row-details";

type Details = ComponentType<ComponentProps<typeof RowDetails>>;

let loaded: Details | null = null;

/** Resolves when rows can open without a delay. */
export async function loadRowDetails(): Promise<void> {
  await load();
}

async function load(): Promise<Details> {
  const { RowDetails: details } = await import("./row-details");
  loaded = details;
  return details;
}

const Later: Details = lazy(async () => ({ default: await load() }));

export function DetailsOnDemand(props: ComponentProps<typeof RowDetails>) {
  // Fixed, because another component would lose the state of the content.
  const [Known] = useState(() => loaded);
  if (Known !== null) return <Known {...props} />;
  return (
    <Suspense fallback={null}>
      <Later {...props} />
    </Suspense>
  );
}
