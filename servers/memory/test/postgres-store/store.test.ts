import { createDatabase } from "@portico/testing-postgres";
import { openPostgresStore } from "../../src/postgres/open.ts";
import { storeSuite } from "../store/suite.ts";

for (const version of [15, 18] as const) {
  storeSuite(`on PostgreSQL ${version}`, async () => {
    const { url } = await createDatabase(version);
    const store = await openPostgresStore(url());
    return { store, close: () => store.close() };
  });
}
