import { Client } from "pg";
import type { Described } from "./choice.ts";

const BUILT_IN = `
  SELECT proname AS name, provolatile AS volatility,
    EXISTS (
      SELECT FROM unnest(proargtypes || prorettype) AS used (oid) JOIN pg_type t USING (oid)
      WHERE t.typname IN ('internal', 'cstring', 'trigger', 'event_trigger', 'language_handler',
        'fdw_handler', 'index_am_handler', 'table_am_handler', 'tsm_handler')
    ) AS internal
  FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace`;

/** Every built-in function of a server. */
export async function builtIn(url: string): Promise<Described[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(BUILT_IN)).rows;
  } finally {
    await client.end();
  }
}
