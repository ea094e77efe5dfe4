/** Where dialogs, menus and tooltips are drawn: in the section's own element, under its styles. */
import { createContext } from "react";

/** Null until the section stands on the page. */
export const LayerContext = createContext<HTMLElement | null>(null);
