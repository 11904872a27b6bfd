import { openPostgresStore } from "../../src/postgres/open.ts";

// A server's process of its own: creates entities all at once, each with a fact about one that all processes share.
const [url = "", name = "", count = "0"] = process.argv.slice(2);
const store = await openPostgresStore(url);
const scope = { owner: "", project: "default" };
const stored = await Promise.all(
  Array.from({ length: Number(count) }, async (_, index) => {
    const mine = `${name}, ${index}`;
    const shared = { name: "shared", entityType: "thing", observations: [] };
    await store.createEntities(scope, [{ ...shared, name: mine }, shared], { client: name });
    const [added] = await store.addObservations(
      scope,
      [{ entityName: "shared", contents: [mine] }],
      { client: name },
    );
    return added?.addedObservations.length;
  }),
);
await store.close();
process.stdout.write(`stored ${stored.filter((added) => added === 1).length}`);
