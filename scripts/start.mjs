/** `npm start`: prints its first line, and only then loads what compiles TypeScript. */
import { createRequire } from "node:module";

console.log(
  process.argv.includes("--demo")
    ? "Starting the demo of mux Settings …"
    : "Starting mux Settings …",
);
const [esm, cjs] = await Promise.all([import("tsx/esm/api"), import("tsx/cjs/api")]);
esm.register();
cjs.register();
createRequire(import.meta.url)("./start.ts");
