import { embedded, resourceLink } from "@portico/core";
import { withoutInvisible } from "@portico/remote-api";
import { BUDGET_TOKENS } from "../../../answer/fit.ts";
import type { GitHub, Repository } from "../../../api/github.ts";
import { stated } from "../../../api/stated.ts";
import { binaryType, textOfBytes } from "../../../repos/file-bytes.ts";
import { lfsPointer } from "../../../repos/lfs.ts";
import { type LineRange, linesOf } from "../../../repos/lines.ts";
import type { Contents } from "../../../repos/read-contents.ts";
import { isSha } from "../../../repos/ref.ts";
import { findRef } from "../../../repos/refs.ts";
import type { Answer } from "../../shared/github-tool.ts";

/** A file as it was read, and how it was asked for. */
interface FileRead {
  readonly file: Extract<Contents, { kind: "file" }>;
  readonly path: string;
  readonly ref: string | undefined;
  readonly lines: LineRange;
  readonly note: readonly string[];
}

/** Bytes from which on a file is a link to a resource: GitHub gives its contents no other way. */
const LARGE = 1_000_000;

/** Bytes of JSON for the lines of a file, so that an answer has room for the rest. */
const MOST_SHOWN = (BUDGET_TOKENS - 500) * 4;

/** What is shown is not to the letter what is there. */
const UNSEEN =
  "Characters that nobody sees are left out here; writing the text back would remove them.";

/** A file as text by its lines, as bytes, or as a link where it is large. */
export async function fileAnswer(
  github: GitHub,
  place: Repository,
  read: FileRead,
): Promise<Answer> {
  const { file, path, ref, note } = read;
  const { name, sha, size, html_url, bytes } = file;
  const facts = { type: "file", name, path, sha, size };
  const isSmall = bytes !== undefined && size < LARGE;
  const text = isSmall ? textOfBytes(bytes) : undefined;
  if (text !== undefined) return textAnswer(facts, text, read);
  const uri = await resourceUri(github, place, path, ref);
  if (isSmall) {
    const mimeType = binaryType(bytes);
    const data = stated({ ...facts, mime_type: mimeType, html_url });
    return { data, blocks: [embedded(uri, bytes, mimeType)], note: sentences(note) };
  }
  const data = stated({ ...facts, html_url, resource: uri });
  const said = [...note, "It is too large to show; read the resource it links to."];
  return { data, blocks: [resourceLink({ uri, name, size })], note: sentences(said) };
}

function textAnswer(facts: object, text: string, { lines, note }: FileRead): Answer {
  const shown = linesOf(text, lines, MOST_SHOWN);
  const { next_line, total_lines, start_line, end_line } = shown;
  const isPart = start_line > 1 || end_line < total_lines;
  const said = [
    ...note,
    ...(lfsPointer(text) ? ["This is a pointer; the file itself is kept in Git LFS."] : []),
    ...(withoutInvisible(shown.text) === shown.text ? [] : [UNSEEN]),
    ...(next_line === undefined ? [] : [`Go on with start_line ${next_line} of ${total_lines}.`]),
  ];
  return {
    data: {
      ...facts,
      ...(isPart && { start_line, end_line, total_lines }),
      ...(next_line !== undefined && { next_line }),
      content: shown.text,
    },
    note: sentences(said),
  };
}

function sentences(all: readonly string[]): string | undefined {
  return all.length === 0 ? undefined : all.join(" ");
}

/** Where this server offers the same file as a resource. */
async function resourceUri(
  github: GitHub,
  { owner, repo }: Repository,
  path: string,
  ref: string | undefined,
): Promise<string> {
  const base = `repo://${owner}/${repo}`;
  const rest = `contents/${path.split("/").map(encodeURIComponent).join("/")}`;
  if (ref === undefined) return `${base}/${rest}`;
  const found = isSha(ref) ? undefined : await findRef(github, { owner, repo }, ref);
  const [, kind, name = ""] = /^refs\/(heads|tags)\/(.+)$/.exec(found?.name ?? "") ?? [];
  if (kind !== undefined) return `${base}/refs/${kind}/${encodeURIComponent(name)}/${rest}`;
  return `${base}/sha/${found?.sha ?? encodeURIComponent(ref)}/${rest}`;
}
