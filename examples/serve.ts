// Serves one example. Over stdio: node serve.ts minimal. Over HTTP: node serve.ts minimal 3000.
import { serve } from "@portico/core";
import { serveHttp, stdio } from "@portico/core/node";
import { define, loadServer } from "./pair.ts";

const [name = "", port] = process.argv.slice(2);
const half = await loadServer(name);
const { options = {} } = half;
const server = define(half, process.env);

if (port === undefined) {
  serve(server, stdio(), { middleware: options.middleware ?? [] });
} else {
  console.log((await serveHttp(server, { ...options, port: Number(port) })).url);
}
