/**
 * What somebody may have left in a database: an ordinary user who waits for others to read, and a schema that is on
 * everybody's search path. `strike()` does what a read-only transaction does not stop.
 */
export const EVIL = `
  CREATE SCHEMA evil;
  CREATE FUNCTION evil.strike() RETURNS int LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('canary', 'struck');
    PERFORM pg_advisory_lock(4711);
    PERFORM set_config('canary.struck', 'yes', false);
    RETURN 1;
  END $$;
  CREATE FUNCTION evil.definer() RETURNS int SECURITY DEFINER LANGUAGE sql AS 'SELECT evil.strike()';
  CREATE FUNCTION evil.harmless_it_says() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT evil.strike()';
  CREATE PROCEDURE evil.proc() LANGUAGE plpgsql AS 'BEGIN PERFORM evil.strike(); COMMIT; END';

  CREATE FUNCTION evil.lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT evil.strike()::text';
  CREATE FUNCTION evil.same(int, int) RETURNS bool LANGUAGE sql AS 'SELECT evil.strike() = 1';
  CREATE OPERATOR evil.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.same);
  CREATE FUNCTION evil.same(text, int) RETURNS bool LANGUAGE sql AS 'SELECT evil.strike() = 1';
  CREATE OPERATOR evil.<= (LEFTARG = text, RIGHTARG = int, FUNCTION = evil.same);
  CREATE FUNCTION evil.json_value(text, text) RETURNS text LANGUAGE sql AS 'SELECT evil.strike()::text';

  CREATE TABLE evil.people (id int, name varchar);
  INSERT INTO evil.people VALUES (1, 'Ann');
  CREATE FUNCTION evil.full_name(evil.people) RETURNS text LANGUAGE sql AS 'SELECT evil.strike()::text';

  CREATE VIEW evil.view AS SELECT evil.strike() AS a;
  CREATE VIEW evil.view_of_view AS SELECT * FROM evil.view;
  CREATE VIEW evil.sleeper AS SELECT pg_sleep(60)::text;
  CREATE VIEW evil.filtering AS SELECT id FROM evil.people WHERE id OPERATOR(evil.===) 1;
  CREATE VIEW evil.passwords AS SELECT usename, passwd FROM pg_shadow;
  CREATE MATERIALIZED VIEW evil.mat AS SELECT 1 AS a;

  CREATE FUNCTION evil.fits(int) RETURNS bool LANGUAGE sql AS 'SELECT evil.strike() = 1';
  CREATE DOMAIN evil.checked AS int CHECK (evil.fits(VALUE));
  CREATE TYPE evil.span AS RANGE (SUBTYPE = evil.checked);
  CREATE TYPE evil.holder AS (a evil.checked);
  CREATE TYPE evil.coin AS (worth int);
  CREATE FUNCTION evil.told(evil.coin) RETURNS text LANGUAGE sql AS 'SELECT evil.strike()::text';
  CREATE CAST (evil.coin AS text) WITH FUNCTION evil.told (evil.coin) AS IMPLICIT;
  CREATE FUNCTION evil.in_json(evil.coin) RETURNS json LANGUAGE sql AS 'SELECT evil.strike()::text::json';
  CREATE CAST (evil.coin AS json) WITH FUNCTION evil.in_json (evil.coin);
  CREATE TABLE evil.purse (coin evil.coin);
  INSERT INTO evil.purse VALUES (ROW(1));
`;
