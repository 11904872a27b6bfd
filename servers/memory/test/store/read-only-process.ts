import { openSqliteStore } from "../../src/sqlite/store.ts";

/** A process that reads a database and tries to write to it: `file`. It prints how many entities there are, and the refusal. */
const [file = ""] = process.argv.slice(2);
const scope = { owner: "", project: "default" };
const NOBODY = 65_534;

// Root may write everywhere, so it becomes another user, who need not be able to read this checkout: what is imported
// later is imported before.
const { default: Driver } = await import("better-sqlite3");
new Driver(":memory:").close();
if (process.getuid?.() === 0) {
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}

const store = await openSqliteStore(file);
const { entities } = await store.summary(scope, {});
const { items } = await store.search(scope, { text: "entity fact", limit: 5 });
const refusal = await store
  .createEntities(scope, [{ name: "new", entityType: "thing", observations: [] }], {})
  .then(
    () => "none",
    (error) => error.code,
  );
process.stdout.write(JSON.stringify({ entities, found: items.length, refusal }));
await store.close();
