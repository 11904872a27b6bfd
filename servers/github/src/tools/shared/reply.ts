import { type JsonObject, Reply, type Schema, text } from "@portico/core";
import {
  cutText,
  type JsonObject as Shown,
  untrusted,
  withoutInvisible,
} from "@portico/remote-api";
import { clean } from "../../answer/clean.ts";
import { pick } from "../../answer/fields.ts";
import { BUDGET_TOKENS, fit } from "../../answer/fit.ts";
import { asRendered } from "../../answer/markdown.ts";
import { GitHubError } from "../../api/error.ts";
import type { Answer, GitHubToolDefinition } from "./github-tool.ts";

type Definition = GitHubToolDefinition<Schema<JsonObject>>;

/** For hosts and gateways: what strangers wrote is in here. */
const UNTRUSTED_META: JsonObject = { "io.github.portico-mcp/untrusted": true };

/** What the model is shown of an answer: made safe, with the fields it wants, within the budget, and marked. */
export async function replyTo(
  { list, code = [] }: Definition,
  answer: Answer,
  fields: readonly string[] | undefined,
): Promise<Reply<object>> {
  const whole = await clean(answer.data, new Set(code));
  const { data, note } = fit(picked(whole, list, fields), list);
  const spelt =
    answer.text === undefined
      ? undefined
      : await (code.length > 0 ? withoutInvisible : asRendered)(answer.text);
  const words = cutText(spelt ?? JSON.stringify(data), BUDGET_TOKENS);
  const notes = [answer.note, note, untrusted("GitHub")].filter((one) => one !== undefined);
  const blocks = [text(words.text), ...(answer.blocks ?? []), text(notes.join(" "))];
  return new Reply(blocks, data as object, UNTRUSTED_META);
}

function picked(data: Shown, list: string | undefined, fields: readonly string[] = []): Shown {
  const items = list === undefined ? undefined : data[list];
  if (list === undefined || !Array.isArray(items) || fields.length === 0) return data;
  try {
    return { ...data, [list]: pick(items as Shown[], fields) };
  } catch (error) {
    throw new GitHubError((error as Error).message);
  }
}
