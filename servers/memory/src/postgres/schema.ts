/**
 * The tables, as steps from one version to the next. A step that was released never changes.
 *
 * Rows are versions: `since` and `until` name the changes that began and ended them, so that the past can be read and
 * nothing is erased. Changes, entities, observations and relations are numbered within their graph, in the order of
 * time; later versions keep their number, and observations the change they were `said` in. A relation is `lost` when it
 * ended with one of its ends. Texts that are looked up are indexed by their hash: they may be longer than an index takes.
 */
export const STEPS: readonly string[] = [
  `
  CREATE TABLE portico_memory.graph (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner text COLLATE "C" NOT NULL,
    project text COLLATE "C" NOT NULL,
    last_change bigint NOT NULL DEFAULT 0,
    last_at bigint NOT NULL DEFAULT 0
  );
  CREATE UNIQUE INDEX graph_name ON portico_memory.graph (hashtextextended(owner, 0), hashtextextended(project, 0));

  CREATE TABLE portico_memory.change (
    graph integer NOT NULL REFERENCES portico_memory.graph,
    id bigint NOT NULL,
    at bigint NOT NULL,
    who text,
    client text,
    action text NOT NULL,
    entity text COLLATE "C" NOT NULL,
    detail text NOT NULL,
    subject bigint,
    object bigint,
    fact bigint,
    PRIMARY KEY (graph, id)
  );
  CREATE INDEX change_at ON portico_memory.change (graph, at, id);
  CREATE INDEX change_subject ON portico_memory.change (graph, subject, id);
  CREATE INDEX change_object ON portico_memory.change (graph, object, id) WHERE object IS NOT NULL;

  CREATE TABLE portico_memory.head (
    graph integer NOT NULL REFERENCES portico_memory.graph,
    entity bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    folded text COLLATE "C" NOT NULL,
    entity_type text COLLATE "C" NOT NULL,
    tags text[] COLLATE "C" NOT NULL,
    importance double precision NOT NULL,
    extra json,
    terms tsvector NOT NULL,
    since bigint NOT NULL,
    until bigint,
    PRIMARY KEY (graph, entity, since)
  );
  CREATE INDEX head_now ON portico_memory.head (graph, entity) WHERE until IS NULL;
  CREATE INDEX head_name ON portico_memory.head (hashtextextended(name, graph));
  CREATE INDEX head_folded ON portico_memory.head ((graph || ':' || left(folded, 100))) WHERE until IS NULL;
  CREATE INDEX head_terms ON portico_memory.head USING gin (terms) WITH (gin_pending_list_limit = 1024);

  CREATE TABLE portico_memory.observation (
    graph integer NOT NULL REFERENCES portico_memory.graph,
    id bigint NOT NULL,
    entity bigint NOT NULL,
    text text COLLATE "C" NOT NULL,
    terms tsvector NOT NULL,
    said bigint NOT NULL,
    since bigint NOT NULL,
    until bigint,
    PRIMARY KEY (graph, entity, id, since)
  );
  CREATE INDEX observation_text ON portico_memory.observation
    (hashtextextended(text, (graph::bigint << 32) + entity));
  CREATE INDEX observation_terms ON portico_memory.observation USING gin (terms)
    WITH (gin_pending_list_limit = 1024);

  CREATE TABLE portico_memory.relation (
    graph integer NOT NULL REFERENCES portico_memory.graph,
    id bigint NOT NULL,
    from_name text COLLATE "C" NOT NULL,
    to_name text COLLATE "C" NOT NULL,
    relation_type text COLLATE "C" NOT NULL,
    extra json,
    since bigint NOT NULL,
    until bigint,
    lost boolean NOT NULL DEFAULT false,
    PRIMARY KEY (graph, id, since)
  );
  CREATE INDEX relation_now ON portico_memory.relation (graph, id) WHERE until IS NULL;
  CREATE INDEX relation_from ON portico_memory.relation (hashtextextended(from_name, graph));
  CREATE INDEX relation_to ON portico_memory.relation (hashtextextended(to_name, graph));
  CREATE INDEX relation_whole ON portico_memory.relation
    (hashtextextended(relation_type, hashtextextended(to_name, hashtextextended(from_name, graph))));

  CREATE TABLE portico_memory.foreign_line (
    graph integer NOT NULL REFERENCES portico_memory.graph,
    id bigint NOT NULL,
    line text COLLATE "C" NOT NULL,
    PRIMARY KEY (graph, id)
  );
  CREATE INDEX foreign_line_text ON portico_memory.foreign_line (hashtextextended(line, graph));

  CREATE TABLE portico_memory.taken_over (
    graph integer NOT NULL REFERENCES portico_memory.graph,
    path text COLLATE "C" NOT NULL,
    bytes bigint NOT NULL,
    modified double precision NOT NULL,
    digest text NOT NULL
  );
  CREATE UNIQUE INDEX taken_over_path ON portico_memory.taken_over (graph, hashtextextended(path, 0));

  CREATE TABLE portico_memory.word (
    graph integer NOT NULL REFERENCES portico_memory.graph,
    word text COLLATE "C" NOT NULL,
    grams text[] COLLATE "C" NOT NULL,
    PRIMARY KEY (graph, word)
  );
  CREATE INDEX word_grams ON portico_memory.word USING gin (grams) WITH (gin_pending_list_limit = 1024);

  CREATE TABLE portico_memory.vector (
    graph integer NOT NULL REFERENCES portico_memory.graph,
    entity bigint NOT NULL,
    model text COLLATE "C" NOT NULL,
    dimensions integer NOT NULL,
    signs bit varying NOT NULL,
    vector bytea NOT NULL,
    PRIMARY KEY (graph, model, entity)
  );

  CREATE TEXT SEARCH DICTIONARY portico_memory.stem (TEMPLATE = pg_catalog.snowball, LANGUAGE = english);
  CREATE TEXT SEARCH CONFIGURATION portico_memory.stemmed (COPY = pg_catalog.english);
  ALTER TEXT SEARCH CONFIGURATION portico_memory.stemmed
    ALTER MAPPING REPLACE pg_catalog.english_stem WITH portico_memory.stem;

  -- The words of a text as stems, and the graph they belong to: the postings of others are not walked.
  CREATE FUNCTION portico_memory.terms(graph integer, words text) RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT to_tsvector('portico_memory.stemmed', words) || array_to_tsvector(ARRAY['@' || graph])
  $$;

  -- What is looked for with any of several words: their stems, and what begins with the first. Words of several pieces
  -- occur as they are.
  CREATE FUNCTION portico_memory.wanted(words text[]) RETURNS tsquery LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN words[1] LIKE '% %' THEN phraseto_tsquery('portico_memory.stemmed', words[1]) ELSE
      to_tsquery('portico_memory.stemmed', array_to_string(words, ' | '))
        || to_tsquery('pg_catalog.simple', words[1] || ':*')
    END
  $$;
  `,
  `
  CREATE TABLE portico_memory.taken_statements (
    graph integer NOT NULL REFERENCES portico_memory.graph,
    digests bytea NOT NULL
  );
  `,
];
