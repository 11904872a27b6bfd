// What edits Docs, Sheets and Slides is off by default: it is loaded when it is on, in one piece.
export { docs } from "./docs/index.ts";
export { sheets } from "./sheets/index.ts";
export { slides } from "./slides/index.ts";
