// Checks one example in a process of its own: node check.ts minimal. Or one that is served already: node check.ts minimal URL.
import { LATEST_REVISION } from "@portico/core";
import { checkRunning, meet } from "./meet.ts";
import { loadPair } from "./pair.ts";

const [name = "", url] = process.argv.slice(2);
const pair = await loadPair(name);
const transport = url === undefined ? "stdio" : "HTTP";
const place = { revision: LATEST_REVISION, transport } as const;
const reason = pair.clientHalf.unless?.(place);
if (reason !== undefined) throw new Error(`${name} cannot be checked like this: ${reason}`);

await (url === undefined ? meet(pair, place) : checkRunning(pair, place, url));
console.log(`${name} does what its client expects.`);
