import { writeSync } from "node:fs";
import { openSqliteStore } from "../../src/sqlite/store.ts";

/**
 * A process that writes to a database: `file label inFlight count`. It prints each name once the store says that it is
 * kept, and ends with an error when a write fails.
 */
const [file = "", label = "", inFlight = "1", count = "Infinity"] = process.argv.slice(2);
const store = await openSqliteStore(file);
const scope = { owner: "", project: "default" };
let next = 0;

async function writeOn(): Promise<void> {
  while (next < Number(count)) {
    const name = `${label} ${next++}`;
    const observations = [`fact of ${name}`, "shared fact"];
    await store.createEntities(scope, [{ name, entityType: "thing", observations }], {});
    writeSync(1, `${name}\n`);
  }
}

await Promise.all(Array.from({ length: Number(inFlight) }, writeOn));
await store.close();
