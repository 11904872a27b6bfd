// Everything that changes files, behind one door that the first change opens (`import()`): a server that is only
// asked to list and read never loads it.
export { append } from "./append.ts";
export { copy } from "./copy.ts";
export { makeDirectory } from "./make-directory.ts";
export { move } from "./move.ts";
export { remove } from "./remove.ts";
export { update, write } from "./write.ts";
