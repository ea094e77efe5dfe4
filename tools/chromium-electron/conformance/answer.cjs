/** Prints one observation of a check, which the runner compares with the documentation. */
"use strict";

/**
 * @param {string} id of the check in checks.mjs
 * @param {() => unknown} observe a value that JSON can represent, or a promise of one
 */
exports.answer = async (id, observe) => {
  let got;
  try {
    got = (await observe()) ?? null;
  } catch (error) {
    got = `threw ${error instanceof Error ? error.message : String(error)}`;
  }
  process.stdout.write(`CONFORMANCE ${JSON.stringify([id, got])}\n`);
};

/** @param {() => unknown} attempt */
exports.thrownBy = (attempt) => {
  try {
    attempt();
    return "nothing";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/**
 * @param {import("node:events").EventEmitter} emitter
 * @param {string} event
 * @param {number} [limitMs]
 * @returns {Promise<boolean>} whether the event was emitted in time
 */
exports.emits = (emitter, event, limitMs = 3_000) =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs);
    emitter.once(event, () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
