import { visits } from "./visits.ts";

console.log(JSON.stringify(await visits(process.argv[2] ?? "")));
