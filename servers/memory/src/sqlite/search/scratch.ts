import type BetterSqlite3 from "better-sqlite3";
import { spaced, unspaced } from "../../graph/words.ts";
import { Connection } from "../connection.ts";
import { TOKENIZER } from "../schema.ts";

/** Words around a match that are shown. */
const SHOWN = 16;
const PER_ENTITY = 3;
/** Characters of a passage that are looked into. */
const LOOKED_INTO = 200_000;

/** A text with a name, to look into. */
export interface Passage {
  readonly id: number;
  readonly text: string;
}

/** What is searched of an entity. */
export interface Document {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly tags: string;
  readonly facts: string;
}

/** A small index in memory, for texts that the index of the database cannot tell about. Empty between calls. */
export class Scratch {
  readonly #connection: Connection;

  constructor(database: BetterSqlite3.Database) {
    this.#connection = new Connection(database);
    database.exec(`
      CREATE VIRTUAL TABLE passage USING fts5(text, id UNINDEXED, ${TOKENIZER});
      CREATE VIRTUAL TABLE document USING fts5(name, type, tags, facts, ${TOKENIZER});
    `);
  }

  /** Where in the passages the words are, in short, best first; by the passages' ids. */
  snippets(passages: readonly Passage[], match: string): Map<number, string[]> {
    const found = new Map<number, string[]>();
    if (match === "") return found;
    const rows = this.#within(() => {
      for (const { id, text } of passages) {
        this.#connection.run("INSERT INTO passage (text, id) VALUES (:text, :id)", {
          id,
          text: spaced(text.slice(0, LOOKED_INTO)),
        });
      }
      return this.#connection.all<{ id: number; snippet: string }>(
        `SELECT id, snippet(passage, 0, '**', '**', '…', ${SHOWN}) AS snippet
         FROM passage WHERE passage MATCH :match ORDER BY rank`,
        { match },
      );
    });
    for (const { id, snippet } of rows) {
      const known = found.get(id) ?? [];
      if (known.length < PER_ENTITY) found.set(id, [...known, unspaced(snippet)]);
    }
    return found;
  }

  /** Documents that match, best first. */
  matching(documents: Iterable<Document>, match: string): { id: number; score: number }[] {
    return this.#within(() => {
      for (const document of documents) {
        this.#connection.run(
          `INSERT INTO document (rowid, name, type, tags, facts)
           VALUES (CAST(:id AS INTEGER), :name, :type, :tags, :facts)`,
          { ...document },
        );
      }
      return this.#connection.all<{ id: number; score: number }>(
        `SELECT rowid AS id, -bm25(document, 10.0, 4.0, 4.0, 1.0) AS score
         FROM document WHERE document MATCH :match ORDER BY score DESC`,
        { match },
      );
    });
  }

  close(): void {
    this.#connection.close();
  }

  #within<T>(look: () => T): T {
    this.#connection.database.exec("BEGIN");
    try {
      return look();
    } finally {
      this.#connection.database.exec("ROLLBACK");
    }
  }
}
