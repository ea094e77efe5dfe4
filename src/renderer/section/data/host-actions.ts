/** Actions of the app that embeds the section. */
import { createContext } from "react";

export interface HostActions {
  /** Shows where the key of a provider can be edited. Absent if the app has no such page. */
  readonly onEditKey?: (provider: string) => void;
}

export const HostActionsContext = createContext<HostActions>({});
