/**
 * Measures Portico beside other implementations; see README.md. Linux only: it reads /proc.
 *
 *   pnpm bench [--rounds N] [startup] [lists] [echo] [large] [filesystem] [soak] [http] [http-scale]
 *     [http-startup] [memory] [postgres] [install]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { unpin } from "./measure/pin.ts";
import { bundleOurs, installPeers } from "./peers.ts";
import type { Row } from "./row.ts";
import { echoRows } from "./rows/echo.ts";
import { filesystemRows } from "./rows/filesystem.ts";
import { httpRows } from "./rows/http.ts";
import { httpScaleRows } from "./rows/http-scale.ts";
import { httpStartupRows } from "./rows/http-startup.ts";
import { installRows } from "./rows/install.ts";
import { largeMessageRows } from "./rows/large-message.ts";
import { listRows } from "./rows/lists.ts";
import { memoryRows } from "./rows/memory.ts";
import { postgresRows } from "./rows/postgres.ts";
import { soakRows } from "./rows/soak.ts";
import { startupRows } from "./rows/startup.ts";
import { table } from "./table.ts";
import { withTree } from "./tree.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "11" } },
});
const rounds = Number(values.rounds);
if (!(Number.isSafeInteger(rounds) && rounds > 0)) throw new Error("--rounds must be 1 or more.");

const measurements: Record<string, () => Promise<Row[]>> = {
  startup: () => withTree((dir) => startupRows(dir, rounds)),
  lists: () => withTree((dir) => listRows(dir, rounds)),
  echo: () => echoRows(rounds),
  large: () => largeMessageRows(rounds),
  filesystem: () => withTree((dir) => filesystemRows(dir, rounds)),
  soak: () => soakRows(),
  http: () => httpRows(rounds),
  "http-scale": () => httpScaleRows(),
  "http-startup": () => withTree((dir) => httpStartupRows(dir, rounds)),
  memory: () => memoryRows(rounds),
  postgres: () => postgresRows(rounds),
  install: async () => installRows(),
};

const unknown = positionals.find((name) => !Object.hasOwn(measurements, name));
if (unknown !== undefined) {
  throw new Error(`There is no "${unknown}"; choose from ${Object.keys(measurements).join(", ")}.`);
}
installPeers();
await bundleOurs();

const started = new Date();
const loadBefore = loadavg()[0];
const rows: Row[] = [];
for (const [name, measure] of Object.entries(measurements)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.error(`measuring ${name} …`);
  try {
    rows.push(...(await measure()));
  } catch (error) {
    console.error(`${name} could not be measured: ${(error as Error).message}`);
    process.exitCode = 1;
  } finally {
    unpin();
  }
}

const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, loadBefore };
console.log(
  `\nNode ${process.version}, ${machine.cores} x ${machine.cpu}, medians of ${rounds} rounds\n`,
);
console.log(table(rows));

const results = join(import.meta.dirname, "results");
mkdirSync(results, { recursive: true });
const file = join(results, `${started.toISOString().replaceAll(":", "-")}.json`);
writeFileSync(file, `${JSON.stringify({ started, machine, rounds, rows }, null, 2)}\n`);
console.log(`\nWritten to ${file}`);
