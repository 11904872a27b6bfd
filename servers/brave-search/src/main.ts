import { run } from "@portico/runner";
import { lazyBrave } from "./lazy-brave.ts";
import { OPTIONS, readKeys, readUrl, VARIABLES } from "./options.ts";
import { braveSearch } from "./server.ts";
import { version } from "./version.ts";

run({
  name: "@portico/server-brave-search",
  bin: "portico-brave-search",
  version,
  summary: "Lets a model search the web, news, images, videos and places with Brave.",
  options: OPTIONS,
  variables: VARIABLES,
  examples: [
    {
      args: "--brave-api-key-file ~/.config/brave-key",
      description: "Keep the key in a file only you can read.",
    },
  ],
  async server({ options, log }) {
    const keys = await readKeys(options);
    if (keys.length === 0) log.warning("No key is set; every call will say where to get one.");
    return braveSearch({ brave: lazyBrave(keys, readUrl(options)) });
  },
});
