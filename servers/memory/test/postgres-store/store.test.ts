import { createDatabase } from "@portico/testing-postgres";
import { openPostgresStore } from "../../src/postgres/open.ts";
import { storeSuite } from "../store/suite.ts";

for (const version of [15, 18] as const) {
  // One database and many schemas: the tables of one store are nothing to another.
  const database = createDatabase(version);
  let stores = 0;
  storeSuite(`on PostgreSQL ${version}`, async () => {
    const { url } = await database;
    const store = await openPostgresStore(`${url()}?schema=store_${++stores}`);
    return { store, close: () => store.close() };
  });
}
