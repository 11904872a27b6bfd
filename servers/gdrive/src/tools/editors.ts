/** The tools of Google's editors, in one piece. */
export { docs } from "./docs/index.ts";
export { sheets } from "./sheets/index.ts";
export { slides } from "./slides/index.ts";
