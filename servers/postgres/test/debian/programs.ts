/** The folder of a PostgreSQL's programs that has HypoPG. scripts/ci/with-debian-postgres names one. */
export const hypopg = process.env.PORTICO_TEST_HYPOPG;

/** pgbouncer, named by the same script. */
export const pgbouncer = process.env.PORTICO_TEST_PGBOUNCER;

// The reporter names neither what is skipped nor why.
if (hypopg === undefined || pgbouncer === undefined) {
  console.warn(
    "What needs HypoPG and pgbouncer is skipped: PORTICO_TEST_HYPOPG and PORTICO_TEST_PGBOUNCER name none.",
  );
}
