import { resource, resourceTemplate } from "@portico/core";
import { PNG } from "./media.ts";

/** One resource of each kind. */
export const resources = [
  resource({
    uri: "test://static-text",
    name: "static-text",
    description: "A text that never changes.",
    mimeType: "text/plain",
    read: () => "This is the content of the static text resource.",
  }),
  resource({
    uri: "test://static-binary",
    name: "static-binary",
    description: "A picture that never changes.",
    mimeType: "image/png",
    read: () => Uint8Array.from(atob(PNG), (one) => one.charCodeAt(0)),
  }),
  resource({
    uri: "test://watched-resource",
    name: "watched-resource",
    description: "A text that can be subscribed to.",
    mimeType: "text/plain",
    read: () => "Watched resource content",
  }),
  resourceTemplate({
    uriTemplate: "test://template/{id}/data",
    name: "template",
    description: "Data by id.",
    mimeType: "application/json",
    read: ({ id }) => JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }),
  }),
];
