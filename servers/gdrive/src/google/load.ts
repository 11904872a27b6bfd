import type { docs_v1 } from "@googleapis/docs";
import type { drive_v3 } from "@googleapis/drive";
import type { sheets_v4 } from "@googleapis/sheets";
import type { slides_v1 } from "@googleapis/slides";
import type { OAuth2Client } from "google-auth-library";
import type { Transport } from "./transport.ts";

/**
 * Loads one of Google's clients, which sends through `transport`. Of each package only the file of the version that is
 * used: its root would load all others.
 */
export type Load<Api> = (transport: Transport) => Promise<Api>;

/** Loads the client of Google Drive. */
export const loadDrive: Load<drive_v3.Drive> = async (transport) => {
  const { drive_v3 } = await import("@googleapis/drive/build/v3.js");
  return new drive_v3.Drive(optionsFor(transport));
};

/** Loads the client of Google Docs. */
export const loadDocs: Load<docs_v1.Docs> = async (transport) => {
  const { docs_v1 } = await import("@googleapis/docs/build/v1.js");
  return new docs_v1.Docs(optionsFor(transport));
};

/** Loads the client of Google Sheets. */
export const loadSheets: Load<sheets_v4.Sheets> = async (transport) => {
  const { sheets_v4 } = await import("@googleapis/sheets/build/v4.js");
  return new sheets_v4.Sheets(optionsFor(transport));
};

/** Loads the client of Google Slides. */
export const loadSlides: Load<slides_v1.Slides> = async (transport) => {
  const { slides_v1 } = await import("@googleapis/slides/build/v1.js");
  return new slides_v1.Slides(optionsFor(transport));
};

/** Where `auth` is an object, all that the clients do with it is to call `request`; their types want one of Google's. */
function optionsFor(transport: Transport): { auth: OAuth2Client } {
  return { auth: transport as object as OAuth2Client };
}
