/** All there is to know of sequences, their numbers as text; where they stand only for those who may read it. */
export const SEQUENCE_DETAILS = `
SELECT json_strip_nulls(json_build_object(
  'schema', n.nspname, 'name', c.relname, 'type', $2::text, 'owner', pg_get_userbyid(c.relowner),
  'comment', obj_description(c.oid, 'pg_class'),
  'data_type', format_type(q.seqtypid, NULL), 'start_value', q.seqstart::text, 'increment', q.seqincrement::text,
  'min_value', q.seqmin::text, 'max_value', q.seqmax::text, 'cycle', q.seqcycle, 'cache_size', q.seqcache::text,
  'last_value', CASE WHEN has_sequence_privilege(c.oid, 'SELECT, USAGE') THEN pg_sequence_last_value(c.oid)::text END,
  'owned_by', (SELECT format('%s.%I', d.refobjid::regclass, a.attname) FROM pg_depend d
    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') LIMIT 1)))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence q ON q.seqrelid = c.oid
WHERE c.oid = ANY ($1::oid[])`;

/** All there is to know of functions and procedures. PostgreSQL has no definition of aggregates to give. */
export const ROUTINE_DETAILS = `
SELECT json_strip_nulls(json_build_object(
  'schema', n.nspname, 'name', p.proname, 'type', $2::text,
  'kind', CASE p.prokind WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window' END,
  'arguments', pg_get_function_arguments(p.oid), 'result', pg_get_function_result(p.oid),
  'owner', pg_get_userbyid(p.proowner), 'comment', obj_description(p.oid, 'pg_proc'),
  'language', l.lanname,
  'volatility', CASE WHEN p.prokind <> 'p' THEN CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END END,
  'security_definer', nullif(p.prosecdef, false), 'strict', nullif(p.proisstrict, false),
  'definition', CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END))
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
WHERE p.oid = ANY ($1::oid[])
ORDER BY pg_get_function_identity_arguments(p.oid)`;

/** All there is to know of enums, domains, ranges, composite and base types. */
export const TYPE_DETAILS = `
SELECT json_strip_nulls(json_build_object(
  'schema', n.nspname, 'name', t.typname, 'type', $2::text,
  'kind', CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' WHEN 'c' THEN 'composite' ELSE 'base' END,
  'owner', pg_get_userbyid(t.typowner), 'comment', obj_description(t.oid, 'pg_type'),
  'values', (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
  'base', CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
  'is_nullable', CASE t.typtype WHEN 'd' THEN CASE WHEN t.typnotnull THEN 'NO' ELSE 'YES' END END,
  'default', t.typdefault,
  'constraints', (SELECT json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid)) ORDER BY k.conname)
    FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'),
  'subtype', (SELECT format_type(g.rngsubtype, NULL) FROM pg_range g WHERE g.rngtypid = t.oid),
  'attributes', (SELECT json_agg(json_build_object('name', a.attname, 'data_type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
    FROM pg_attribute a WHERE t.typrelid <> 0 AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)))
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.oid = ANY ($1::oid[])`;

/** All there is to know of extensions. */
export const EXTENSION_DETAILS = `
SELECT json_strip_nulls(json_build_object(
  'name', x.extname, 'type', $2::text, 'version', x.extversion, 'relocatable', x.extrelocatable, 'schema', n.nspname,
  'available_version', (SELECT v.default_version FROM pg_available_extensions v WHERE v.name = x.extname),
  'comment', obj_description(x.oid, 'pg_extension'),
  'objects', (SELECT count(*) FROM pg_depend d WHERE d.refclassid = 'pg_extension'::regclass AND d.refobjid = x.oid AND d.deptype = 'e')))
FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace
WHERE x.oid = ANY ($1::oid[])`;

/** All there is to know of roles. Their settings are left out, since they may hold secrets. */
export const ROLE_DETAILS = `
SELECT json_strip_nulls(json_build_object(
  'name', r.rolname, 'type', $2::text, 'login', r.rolcanlogin, 'superuser', r.rolsuper, 'create_database', r.rolcreatedb,
  'create_role', r.rolcreaterole, 'inherit', r.rolinherit, 'replication', r.rolreplication, 'bypass_row_security', r.rolbypassrls,
  'connection_limit', nullif(r.rolconnlimit, -1), 'valid_until', r.rolvaliduntil,
  'member_of', (SELECT json_agg(DISTINCT g.rolname ORDER BY g.rolname) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid),
  'members', (SELECT json_agg(DISTINCT g.rolname ORDER BY g.rolname) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.member WHERE m.roleid = r.oid),
  'comment', shobj_description(r.oid, 'pg_authid')))
FROM pg_roles r WHERE r.oid = ANY ($1::oid[])`;

/** All there is to know of schemas. */
export const SCHEMA_DETAILS = `
SELECT json_strip_nulls(json_build_object(
  'name', n.nspname, 'type', $2::text, 'owner', pg_get_userbyid(n.nspowner), 'comment', obj_description(n.oid, 'pg_namespace'),
  'privileges', (SELECT json_agg(x.privilege) FROM unnest('{USAGE,CREATE}'::text[]) x(privilege) WHERE has_schema_privilege(n.oid, x.privilege)),
  'relations', (SELECT count(*) FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')),
  'routines', (SELECT count(*) FROM pg_proc p WHERE p.pronamespace = n.oid),
  'sequences', (SELECT count(*) FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind = 'S')))
FROM pg_namespace n WHERE n.oid = ANY ($1::oid[])`;

/** What belongs to a table is told of in a few words wherever it stands. */
export const INDEX_DETAILS = `
SELECT json_strip_nulls(json_build_object(
  'schema', n.nspname, 'name', x.relname, 'type', $2::text, 'table', i.indrelid::regclass, 'method', m.amname,
  'definition', pg_get_indexdef(x.oid), 'unique', i.indisunique, 'primary', i.indisprimary, 'valid', i.indisvalid,
  'estimated_bytes', CASE WHEN x.relpages > 0 THEN x.relpages::int8 * current_setting('block_size')::int8 END,
  'scans', s.idx_scan, 'comment', obj_description(x.oid, 'pg_class')))
FROM pg_class x JOIN pg_namespace n ON n.oid = x.relnamespace JOIN pg_index i ON i.indexrelid = x.oid
JOIN pg_am m ON m.oid = x.relam LEFT JOIN pg_stat_all_indexes s ON s.indexrelid = x.oid
WHERE x.oid = ANY ($1::oid[])`;
