// Offers documents that are always the same: a host lists them, and its user picks what the model should see.
// The descriptions are what people choose by; `audience` and `priority` help hosts to choose by themselves.
import { defineServer, resource } from "@portico/core";

const style = resource({
  uri: "handbook://style",
  name: "style",
  title: "House style",
  description: "How we write to customers. Read it before you draft a letter.",
  mimeType: "text/markdown",
  annotations: { audience: ["assistant"], priority: 0.9 },
  read: () => "# House style\n\nShort sentences. No exclamation marks.",
});

const hours = resource({
  uri: "handbook://hours",
  name: "hours",
  title: "Opening hours",
  description: "When somebody answers the telephone.",
  mimeType: "text/plain",
  annotations: { audience: ["user"], priority: 0.2 },
  read: () => "Monday to Friday, 9 to 17",
});

/** A handbook of two pages. */
export const server = defineServer({
  name: "handbook",
  version: "1.0.0",
  resources: [style, hours],
});
