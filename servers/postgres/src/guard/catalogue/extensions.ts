/**
 * Extensions whose immutable and stable functions only answer, and which of the others do as well. Not here, for
 * instance: `tablefunc` and `xml2`, whose functions run text as SQL.
 */
const EXTENSIONS = new Map<string, readonly string[]>(
  Object.entries({
    btree_gin: [],
    btree_gist: [],
    citext: [],
    cube: [],
    earthdistance: [],
    fuzzystrmatch: [],
    hstore: [],
    intarray: [],
    isn: [],
    ltree: [],
    pg_buffercache: [
      "pg_buffercache_pages",
      "pg_buffercache_summary",
      "pg_buffercache_usage_counts",
    ],
    pg_freespacemap: ["pg_freespace"],
    pg_stat_statements: ["pg_stat_statements", "pg_stat_statements_info"],
    pg_trgm: [],
    pgcrypto: ["gen_random_bytes", "gen_random_uuid", "gen_salt"],
    pgstattuple: [
      "pgstattuple",
      "pgstattuple_approx",
      "pgstatindex",
      "pgstatginindex",
      "pgstathashindex",
      "pg_relpages",
    ],
    postgis: [],
    seg: [],
    timescaledb: [],
    unaccent: [],
    "uuid-ossp": ["uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4"],
    vector: [],
  }),
);

/** Whether a function of an extension only answers. */
export function isSafeOfExtension(extension: string, name: string, volatility: string): boolean {
  const volatile = EXTENSIONS.get(extension);
  return volatile !== undefined && (volatility !== "v" || volatile.includes(name));
}

/** Whether an extension's views only show. */
export function isKnownExtension(extension: string): boolean {
  return EXTENSIONS.has(extension);
}
