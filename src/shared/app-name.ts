/** The name of the panel's own window, after which Electron names its data folder. */
export const APP_NAME = "mux Settings";
