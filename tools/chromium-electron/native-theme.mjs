/** Electron's `nativeTheme`, which sets `prefers-color-scheme` in every window. */
import { strictEmitter } from "./strict.mjs";

/** @typedef {"system" | "light" | "dark"} ThemeSource */

const SOURCES = /** @type {readonly ThemeSource[]} */ (["system", "light", "dark"]);

export class NativeTheme extends strictEmitter("nativeTheme", ["updated"]) {
  /** @type {ThemeSource} */
  #source = "system";
  #onChange;

  /** @param {() => void} onChange */
  constructor(onChange) {
    super();
    this.#onChange = onChange;
  }

  get themeSource() {
    return this.#source;
  }

  set themeSource(source) {
    if (!SOURCES.includes(source)) {
      throw new TypeError(`Error processing argument: themeSource cannot be ${source}`);
    }
    if (source === this.#source) return;
    this.#source = source;
    this.#onChange();
    this.emit("updated");
  }

  /** The system theme is not read; it counts as light. */
  get shouldUseDarkColors() {
    return this.#source === "dark";
  }

  get shouldUseHighContrastColors() {
    return false;
  }

  get shouldUseInvertedColorScheme() {
    return false;
  }

  get inForcedColorsMode() {
    return false;
  }
}
