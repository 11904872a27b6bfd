import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "../../src/sqlite/store.ts";
import { storeSuite } from "./suite.ts";

storeSuite("the SQLite store", async () => {
  const folder = await mkdtemp(join(tmpdir(), "portico-memory-"));
  const store = await openSqliteStore(join(folder, "memory.db"));
  const close = async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { store, close };
});
