import { GraphError } from "../graph/error.ts";
import type { Connection } from "./connection.ts";

/** Marks a file as a memory database: "PMEM". */
const APPLICATION_ID = 0x504d454d;

/**
 * Words in any script: letters, digits, private use, and the marks that some scripts write vowels with. English
 * endings and accents do not count.
 */
export const TOKENIZER = `tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"`;

/**
 * The schema's versions, oldest first; what is released is never edited.
 *
 * `entity` is what is, `entity_past` what was: one row for each stretch of changes (`since` up to, not including,
 * `until`) in which nothing about it changed. An entity whose `type` is NULL is only a name that relations point to.
 * Facts and relations end by getting an `until`. Facts of a deleted entity do not end: they are out of sight with it.
 * `taken_statements` has what files of the official server said that was taken over: digests in the order they came,
 * since in order of their values each would be on a page of its own.
 * `search` knows what was written `through` the one change that `indexed` names.
 */
const VERSIONS: readonly string[] = [
  `
  CREATE TABLE graph (
    id INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    project TEXT NOT NULL,
    UNIQUE (owner, project)
  ) STRICT;
  CREATE TABLE author (id INTEGER PRIMARY KEY, who TEXT, client TEXT) STRICT;
  CREATE INDEX author_names ON author (who, client);

  CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    graph INTEGER NOT NULL REFERENCES graph,
    at INTEGER NOT NULL,
    author INTEGER NOT NULL REFERENCES author,
    action INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    other INTEGER,
    subject INTEGER,
    detail TEXT
  ) STRICT;
  CREATE INDEX change_graph ON change (graph);
  CREATE INDEX change_entity ON change (entity);
  CREATE INDEX change_other ON change (other) WHERE other IS NOT NULL;

  CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    graph INTEGER NOT NULL REFERENCES graph,
    name TEXT NOT NULL,
    type TEXT,
    tags TEXT,
    importance REAL,
    extra TEXT,
    created INTEGER NOT NULL,
    since INTEGER NOT NULL,
    UNIQUE (graph, name)
  ) STRICT;
  CREATE INDEX entity_created ON entity (graph, created) WHERE type IS NOT NULL;
  CREATE TABLE entity_past (
    version INTEGER PRIMARY KEY,
    id INTEGER NOT NULL,
    graph INTEGER NOT NULL REFERENCES graph,
    name TEXT NOT NULL,
    type TEXT,
    tags TEXT,
    importance REAL,
    extra TEXT,
    created INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX entity_past_id ON entity_past (id);
  CREATE INDEX entity_past_name ON entity_past (graph, name);
  CREATE INDEX entity_past_created ON entity_past (graph, created) WHERE type IS NOT NULL;

  CREATE TABLE observation (
    id INTEGER PRIMARY KEY,
    entity INTEGER NOT NULL,
    text TEXT NOT NULL,
    origin INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER
  ) STRICT;
  CREATE INDEX observation_now ON observation (entity, substr(text, 1, 32)) WHERE until IS NULL;
  CREATE INDEX observation_past ON observation (entity) WHERE until IS NOT NULL;

  CREATE TABLE relation (
    id INTEGER PRIMARY KEY,
    graph INTEGER NOT NULL REFERENCES graph,
    source INTEGER NOT NULL,
    target INTEGER NOT NULL,
    type TEXT NOT NULL,
    extra TEXT,
    since INTEGER NOT NULL,
    until INTEGER,
    lost INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX relation_now ON relation (source, target, type) WHERE until IS NULL;
  CREATE INDEX relation_target ON relation (target) WHERE until IS NULL;
  CREATE INDEX relation_graph ON relation (graph);
  CREATE INDEX relation_past_source ON relation (source) WHERE until IS NOT NULL;
  CREATE INDEX relation_past_target ON relation (target) WHERE until IS NOT NULL;

  CREATE TABLE foreign_record (
    id INTEGER PRIMARY KEY,
    graph INTEGER NOT NULL REFERENCES graph,
    line TEXT NOT NULL,
    since INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX foreign_record_line ON foreign_record (graph, substr(line, 1, 64));
  CREATE TABLE source_file (
    graph INTEGER NOT NULL REFERENCES graph,
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    modified REAL NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (graph, path)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE word (
    id INTEGER PRIMARY KEY,
    graph INTEGER NOT NULL REFERENCES graph,
    text TEXT NOT NULL,
    UNIQUE (graph, text)
  ) STRICT;
  CREATE TABLE trigram (
    graph INTEGER NOT NULL,
    gram TEXT NOT NULL,
    word INTEGER NOT NULL REFERENCES word,
    PRIMARY KEY (graph, gram, word)
  ) STRICT, WITHOUT ROWID;
  CREATE VIRTUAL TABLE search USING fts5(
    name, type, tags, facts, content='', contentless_delete=1, ${TOKENIZER}
  );
  CREATE TABLE indexed (through INTEGER NOT NULL) STRICT;
  INSERT INTO indexed (through) VALUES (0);
  CREATE TABLE vector (
    id INTEGER PRIMARY KEY,
    entity INTEGER NOT NULL,
    model TEXT NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (entity, model)
  ) STRICT;
  `,
  `
  CREATE TABLE taken_statements (
    id INTEGER PRIMARY KEY,
    graph INTEGER NOT NULL REFERENCES graph,
    digests BLOB NOT NULL
  ) STRICT;
  `,
];

/**
 * Brings a database to the newest schema; a new one from nothing. Call it again when another process was in the way.
 * @param settle is called once the database is known to be ours, before anything is written
 * @throws {GraphError} `invalid` for a database of another program, or of a newer version of this one
 */
export function migrate({ database }: Connection, settle: () => void): void {
  const version = () => Number(database.pragma("user_version", { simple: true }));
  // Seen at one moment: another process may just be beginning the database.
  database.transaction(() => {
    refuseForeign(database.pragma("application_id", { simple: true }), version(), () => {
      return database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() === 0;
    });
  })();
  settle();
  if (version() === VERSIONS.length) return;
  database
    .transaction(() => {
      // Another process may have been faster.
      for (const sql of VERSIONS.slice(version())) database.exec(sql);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${VERSIONS.length}`);
    })
    .immediate();
}

function refuseForeign(application: unknown, version: number, isEmpty: () => boolean): void {
  if (application === APPLICATION_ID) {
    if (version <= VERSIONS.length) return;
    throw new GraphError(
      "invalid",
      "The memory database was written by a newer version of this server; update the server.",
    );
  }
  if (application !== 0 || version !== 0 || !isEmpty()) {
    throw new GraphError(
      "invalid",
      "The file is a database of another program; name another file for the memory.",
    );
  }
}
