/** Prints whether it got the single-instance lock, and what it hears of later processes. */
"use strict";

const { app } = require("electron");
const { answer } = require("../answer.cjs");

const hasLock = app.requestSingleInstanceLock({ from: "conformance" });
if (hasLock) {
  app.on("second-instance", (_event, argv, _directory, data) => {
    void answer("second-instance", () => [argv.includes("--conformance-second"), data]);
    void answer("lock-released", () => {
      app.releaseSingleInstanceLock();
      return app.hasSingleInstanceLock();
    });
    app.quit();
  });
  void app.whenReady().then(() => answer("first-lock", () => app.hasSingleInstanceLock()));
} else {
  void answer("second-lock", () => app.hasSingleInstanceLock());
  app.quit();
}
