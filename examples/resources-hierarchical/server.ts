// Offers a tree: one template for folders, which list what is in them, and one for files.
// Only the top is listed. A client goes down as far as it needs, and a tree of any size costs nothing to publish.
import { defineServer, resourceTemplate } from "@portico/core";

type Folder = { readonly [name: string]: Folder | string };

const manual: Folder = {
  "welcome.md": "Begin with the first steps.",
  guide: {
    "first-steps.md": "Open the lid.",
    repairs: { "hinge.md": "Two screws.", "lock.md": "Call us." },
  },
};

/** What lies at a path. Only what the tree itself has, so that no path leads out of it. */
function find(path: string): Folder | string | undefined {
  let here: Folder | string | undefined = manual;
  for (const name of path.split("/")) {
    if (name === "") continue;
    here = typeof here === "object" && Object.hasOwn(here, name) ? here[name] : undefined;
  }
  return here;
}

const entries = (folder: Folder, path: string) =>
  Object.entries(folder).map(([name, value]) => ({
    name,
    uri: `manual://${typeof value === "string" ? "file" : "folder"}/${path ? `${path}/` : ""}${name}`,
  }));

const folder = resourceTemplate({
  uriTemplate: "manual://folder{/path*}",
  name: "What is in a folder",
  mimeType: "application/json",
  list: async () => ({ items: entries(manual, "") }),
  read({ path = "" }) {
    const found = find(path);
    return typeof found === "object" ? JSON.stringify(entries(found, path)) : undefined;
  },
});

const file = resourceTemplate({
  uriTemplate: "manual://file{/path*}",
  name: "A page of the manual",
  mimeType: "text/markdown",
  read({ path = "" }) {
    const found = find(path);
    return typeof found === "string" ? found : undefined;
  },
});

/** A manual in folders. */
export const server = defineServer({ name: "manual", version: "1.0.0", resources: [folder, file] });
