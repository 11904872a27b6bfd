// Serves one definition from two workers of a cluster and prints where each of them listens.
import cluster from "node:cluster";
import { once } from "node:events";
import { defineServer } from "../../src/index.ts";
import { serveHttp } from "../../src/node.ts";

if (cluster.isPrimary) {
  const workers = [cluster.fork(), cluster.fork()];
  const said = await Promise.all(workers.map((worker) => once(worker, "message")));
  console.log(JSON.stringify(said.map(([message]) => message)));
  for (const worker of workers) worker.kill();
} else {
  const { url } = await serveHttp(defineServer({ name: "one of two", version: "1.0.0" }));
  process.send?.(url);
}
