import type { Account } from "../auth/account.ts";
import { createApi, type GoogleApi, paceOfAccount } from "./api.ts";

/** Google's APIs in the name of one account. */
export interface Google {
  /** `https://www.googleapis.com/drive/v3/`, as `files/<id>`. */
  readonly drive: GoogleApi;
  /** The same for contents of files: large, and slow. */
  readonly contents: GoogleApi;
  /** `https://www.googleapis.com/upload/drive/v3/`, as `files?uploadType=resumable`. */
  readonly uploads: GoogleApi;
  /** `https://docs.googleapis.com/v1/`, as `documents/<id>`. */
  readonly docs: GoogleApi;
  /** `https://sheets.googleapis.com/v4/`, as `spreadsheets/<id>`. */
  readonly sheets: GoogleApi;
  /** `https://slides.googleapis.com/v1/`, as `presentations/<id>`. */
  readonly slides: GoogleApi;
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
  const api = (base: URL, pace = paceOfAccount()) =>
    createApi({ base, account, pace, answerBytes: ANSWER_BYTES, patienceMs: PATIENCE_MS });
  const bulk = (base: URL) =>
    createApi({
      base,
      account,
      pace: drivePace,
      answerBytes: CONTENT_BYTES,
      patienceMs: CONTENT_PATIENCE_MS,
    });
  const at = (host: string, path: string) =>
    new URL(path, root ?? `https://${host}.googleapis.com/`);
  return {
    drive: api(at("www", "drive/v3/"), drivePace),
    contents: bulk(at("www", "drive/v3/")),
    uploads: bulk(at("www", "upload/drive/v3/")),
    docs: api(at("docs", "v1/")),
    sheets: api(at("sheets", "v4/")),
    slides: api(at("slides", "v1/")),
  };
}
