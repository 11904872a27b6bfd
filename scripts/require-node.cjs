// Runs before any .ts script, on whatever Node the machine has: hence ES5, and no syntax an old Node cannot parse.
"use strict";

var NEEDED = [22, 18];

var running = process.versions.node.split(".").map(Number);
if (running[0] < NEEDED[0] || (running[0] === NEEDED[0] && running[1] < NEEDED[1])) {
  console.error(
    "Portico is built with Node " +
      NEEDED.join(".") +
      " or newer; this is Node " +
      process.versions.node +
      ". " +
      "On Linux pnpm brings its own, so run scripts through pnpm; elsewhere install a current Node.",
  );
  process.exit(1);
}
