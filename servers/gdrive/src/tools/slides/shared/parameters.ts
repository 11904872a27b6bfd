import { s } from "@portico/core";

/** Which presentation. */
export const presentationId = s.string({ minLength: 1, description: "Id or address" });

/** Whose words those of a presentation are. */
export const SOURCE = "a presentation in Google Slides";
