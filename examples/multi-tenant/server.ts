// Serves several companies from one process, each with notes of its own.
// One function turns the caller into the data of its company, and no handler has another way to any data.
import { resourceServer, staticTokens } from "@portico/auth";
import { type Context, defineServer, type HttpOptions, RpcError, s, tool } from "@portico/core";

class Companies {
  readonly #notes = new Map<string, string[]>();

  /** The company is what the token says, never what an argument or a header wishes. */
  notesOf({ principal }: Pick<Context, "principal">): string[] {
    const [company, person] = principal?.id.split("/") ?? [];
    if (!company || !person) throw new RpcError(-32001, "Your token names no company.");
    const notes = this.#notes.get(company) ?? [];
    this.#notes.set(company, notes);
    return notes;
  }
}

const addNote = tool({
  name: "add_note",
  description: "Adds a note for everybody in the caller's company.",
  input: s.object({ text: s.string() }),
  run({ text }, ctx: Context<Companies>) {
    ctx.deps.notesOf(ctx).push(text);
    return "Added.";
  },
});

const listNotes = tool({
  name: "list_notes",
  description: "Lists the notes of the caller's company, a line each.",
  annotations: { readOnlyHint: true },
  run: (_, ctx: Context<Companies>) => ctx.deps.notesOf(ctx).join("\n"),
});

/** Keeps notes in memory; in a database each row has its company, and one function asks for it. */
export const server = () =>
  defineServer({
    name: "notes",
    version: "1.0.0",
    deps: new Companies(),
    tools: [addNote, listNotes],
  });

// With signed tokens the company would be a claim: `jwt({ issuer, claims: ["tenant"] })`.
const tokens = staticTokens(`
  7c7ce177f79fccf54ae4102217d6b14499875676b9c3d2d6c5dac267a49d24ae acme/ada
  dbb2eb3b285cfef52ea60552df9ee3866dc711b9d8f16ca09449bb6c01437f48 zenith/zoe
  b8876ea527f9c13285d316c627a5e03bd20b4ede6e785253d9d6ac48c1153f10 ben
`);

/** Lets in only who has one of these tokens. */
export const options: HttpOptions = resourceServer({ resource: "http://127.0.0.1/mcp", tokens });
