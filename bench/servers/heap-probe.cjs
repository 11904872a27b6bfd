// Loaded before the server under test: on SIGUSR2 it collects garbage and reports what is left.
const { renameSync, writeFileSync } = require("node:fs");

const report = process.env.PORTICO_HEAP_REPORT;

process.on("SIGUSR2", () => {
  globalThis.gc();
  globalThis.gc();
  writeFileSync(`${report}.part`, String(process.memoryUsage().heapUsed));
  renameSync(`${report}.part`, report);
});
