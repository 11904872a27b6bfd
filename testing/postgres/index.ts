export type { PostgresVersion } from "./binaries.ts";
export {
  freePort,
  type PostgresOptions,
  type PostgresServer,
  removePostgres,
  startAgain,
  startPostgres,
  stopPostgres,
} from "./server.ts";
export { createDatabase, type TestDatabase } from "./shared.ts";
