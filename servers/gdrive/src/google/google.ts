import type { docs_v1 } from "@googleapis/docs";
import type { drive_v3 } from "@googleapis/drive";
import type { sheets_v4 } from "@googleapis/sheets";
import type { slides_v1 } from "@googleapis/slides";
import type { Account } from "../auth/account.ts";
import { answersOfAccount } from "./answers.ts";
import { type Client, clientFor } from "./client.ts";
import { type Contents, openContents } from "./contents.ts";

import { loadDocs, loadDrive, loadSheets, loadSlides } from "./load.ts";
import { paceOfAccount } from "./send.ts";

/** Google Docs. */
export type Docs = Client<docs_v1.Docs>;

/** Google Sheets. */
export type Sheets = Client<sheets_v4.Sheets>;

/** Google Slides. */
export type Slides = Client<slides_v1.Slides>;

/** Google's APIs in the name of one account. */
export interface Google {
  readonly drive: Client<drive_v3.Drive>;
  /** The same for reading alone: what was asked a moment ago is not asked again, unless the account changed something since. */
  readonly reading: Client<drive_v3.Drive>;
  /** Contents of files, below `https://www.googleapis.com/drive/v3/`, as `files/<id>`. */
  readonly contents: Contents;
  /** Uploads, below `https://www.googleapis.com/upload/drive/v3/`, as `files?uploadType=resumable`. */
  readonly uploads: Contents;
  readonly docs: Docs;
  readonly sheets: Sheets;
  readonly slides: Slides;
}

const ANSWER_BYTES = 12_000_000;
const CONTENT_BYTES = 5_000_000_000;
const PATIENCE_MS = 60_000;
const CONTENT_PATIENCE_MS = 15 * 60_000;

/**
 * Google's APIs for an account. Connects nothing: the first request does.
 * @param root takes the place of all hosts of Google, with the same paths below it; for a proxy of the operator's
 */
export function openGoogle(account: Account, root?: URL): Google {
  const drivePace = paceOfAccount();
  const { kept, forgetting } = answersOfAccount();
  const at = (host: string, path = "") => new URL(path, root ?? `https://${host}.googleapis.com/`);
  const rules = (base: URL, pace = paceOfAccount()) => ({
    base,
    account,
    kept: forgetting,
    pace,
    answerBytes: ANSWER_BYTES,
    patienceMs: PATIENCE_MS,
  });
  const bulk = (base: URL) => ({
    ...rules(base, drivePace),
    answerBytes: CONTENT_BYTES,
    patienceMs: CONTENT_PATIENCE_MS,
  });
  return {
    drive: clientFor(loadDrive, rules(at("www"), drivePace)),
    reading: clientFor(loadDrive, { ...rules(at("www"), drivePace), kept }),
    contents: openContents(bulk(at("www", "drive/v3/"))),
    uploads: openContents(bulk(at("www", "upload/drive/v3/"))),
    docs: clientFor(loadDocs, rules(at("docs"))),
    sheets: clientFor(loadSheets, rules(at("sheets"))),
    slides: clientFor(loadSlides, rules(at("slides"))),
  };
}
