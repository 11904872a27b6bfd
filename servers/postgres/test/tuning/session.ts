import { Client, type QueryArrayConfig } from "pg";
import { DatabaseError, type Session } from "../../src/database/database.ts";
import { type Inspection, inspect } from "../../src/tuning/inspection.ts";

/** Runs `work` as `read` of a database does: in a read-only transaction that is rolled back. */
export async function reading<T>(url: string, work: (session: Session) => Promise<T>): Promise<T> {
  return inside(url, "BEGIN READ ONLY", work);
}

/** The same where `work` may write; nothing stays of it. */
export async function trying<T>(url: string, work: (session: Session) => Promise<T>): Promise<T> {
  return inside(url, "BEGIN", work);
}

/** Looks into the books of the database at `url`. */
export function inspecting<T>(url: string, work: (on: Inspection) => Promise<T>): Promise<T> {
  return reading(url, async (session) => work(await inspect(session)));
}

async function inside<T>(
  url: string,
  begin: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: url, types: { getTypeParser: () => String } });
  await client.connect();
  try {
    await client.query(begin);
    return await work(sessionOn(client));
  } finally {
    await client.query("ROLLBACK").catch(() => {});
    await client.end();
  }
}

function sessionOn(client: Client): Session {
  return {
    async query(sql, parameters = []) {
      try {
        const statement: QueryArrayConfig & { queryMode: string } = {
          text: sql,
          values: [...parameters],
          rowMode: "array",
          queryMode: "extended",
        };
        const answer = await client.query(statement);
        return {
          columns: answer.fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })),
          rows: answer.rows,
          command: answer.command,
          affected: answer.rowCount ?? undefined,
        };
      } catch (error) {
        const { code, message, position } = error as Error & { code: string; position?: string };
        throw new DatabaseError(code, message, {
          ...(position !== undefined && { position: Number(position) }),
        });
      }
    },
    stream() {
      throw new Error("Nothing here reads portions.");
    },
  };
}
