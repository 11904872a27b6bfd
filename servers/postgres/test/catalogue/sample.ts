import { createDatabase, type PostgresVersion, type TestDatabase } from "@portico/testing-postgres";

/** The name whose every character needs care, in more than 63 bytes as written: PostgreSQL keeps 63. */
export const ODD_NAME = `We"ird; DROP TABLE x; -- %_*? é`;

/** What a name of more than 63 bytes becomes. */
export const LONG_NAME = "ü".repeat(40);
export const LONG_NAME_KEPT = "ü".repeat(31);

const SAMPLE = `
CREATE SCHEMA app;
COMMENT ON SCHEMA app IS 'The application';
CREATE TYPE app.mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN app.percent AS int DEFAULT 0 CHECK (VALUE BETWEEN 0 AND 100);
CREATE TYPE app.point3 AS (x float8, y float8, z float8);
CREATE TYPE app.span AS RANGE (subtype = float8);
CREATE TABLE app.users (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text DEFAULT 'nobody',
  mood app.mood,
  shout text GENERATED ALWAYS AS (upper(name)) STORED,
  score app.percent,
  CONSTRAINT short_name CHECK (length(name) < 100));
COMMENT ON TABLE app.users IS 'Who may log in';
COMMENT ON COLUMN app.users.email IS 'Unique; lower case';
CREATE INDEX users_by_name ON app.users (lower(name)) WHERE name IS NOT NULL;
CREATE TABLE app.orders (id bigserial PRIMARY KEY, user_id int NOT NULL REFERENCES app.users ON DELETE CASCADE, total numeric(12, 2), at timestamptz);
ALTER TABLE app.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_orders ON app.orders FOR SELECT USING (user_id > 0);
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE ON app.orders FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE FUNCTION app.add(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE FUNCTION app.add(a text, b text) RETURNS text LANGUAGE sql AS 'SELECT a || b';
CREATE PROCEDURE app.tidy() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE app.product(float8) (SFUNC = float8mul, STYPE = float8, INITCOND = '1');
CREATE VIEW app.happy AS SELECT id, email FROM app.users WHERE mood = 'happy';
CREATE MATERIALIZED VIEW app.totals AS SELECT user_id, sum(total) AS total FROM app.orders GROUP BY 1;
CREATE TABLE app.events (at date NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE app.events_2025 PARTITION OF app.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE app.events_2026 PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE SEQUENCE app.tickets START 100 INCREMENT 5;
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE app.remote (id int, secret text) SERVER elsewhere OPTIONS (token 'hunter2');
CREATE TABLE public.users (id int, note varchar(20), tags text[], feeling app.mood);
CREATE TABLE public."${ODD_NAME.replaceAll('"', '""')}" ("Sp ace" int, "q""uote" text);
CREATE TABLE public."${LONG_NAME}" (a int);
CREATE SCHEMA hidden;
CREATE TABLE hidden.secrets (id int);
REVOKE ALL ON SCHEMA hidden FROM public;
INSERT INTO app.users (email, name, mood) SELECT 'u' || i || '@example.com', 'user ' || i, 'ok' FROM generate_series(1, 50) i;
INSERT INTO app.orders (user_id, total, at) SELECT id, id * 1.5, now() FROM app.users;
ANALYZE app.users;
`;

/** A database with something of every kind, and a user `reader_…` who may read `public` and little of `app`. */
export async function sampleDatabase(
  version: PostgresVersion,
): Promise<TestDatabase & { readonly reader: string }> {
  const database = await createDatabase(version);
  const reader = `reader_${database.name}`;
  await database.run(SAMPLE);
  await database.run(`
    CREATE ROLE ${reader} LOGIN;
    GRANT USAGE ON SCHEMA app TO ${reader};
    GRANT SELECT (id, name) ON app.users TO ${reader};
    GRANT SELECT ON app.happy, public.users TO ${reader};
    REVOKE EXECUTE ON FUNCTION app.add(text, text) FROM public;
  `);
  return { ...database, reader };
}
