/** The container for dialogs, menus and tooltips: inside the section, so that its styles apply. */
import { createContext } from "react";

/** Null until the section is mounted. */
export const LayerContext = createContext<HTMLElement | null>(null);
