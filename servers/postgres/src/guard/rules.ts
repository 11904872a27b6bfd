import type { AccessMode } from "./access-mode.ts";
import { judgeAdmin } from "./admin/judge-admin.ts";
import type { Judgement } from "./judge.ts";
import { judgeLimited } from "./limited.ts";
import { parse } from "./parser.ts";
import { Refused } from "./refused.ts";
import { refuseAlways, refuseOther } from "./statements.ts";
import { checkText, ownText } from "./text.ts";

/** See `judge`. */
export async function judgeParsed(sql: string, mode: AccessMode): Promise<Judgement> {
  checkText(sql);
  const [statement, second] = await parse(sql);
  if (!statement) throw new Refused("There is no statement; send one.");
  if (second) throw new Refused("Send one statement a call.");
  refuseAlways(statement.type);
  const text = await ownText(sql, statement);
  if (mode === "admin") return { ...judgeAdmin(statement), mode, sql: text };
  refuseOther(statement.type, text, mode);
  return { ...judgeLimited(statement, mode), mode, sql: text };
}
