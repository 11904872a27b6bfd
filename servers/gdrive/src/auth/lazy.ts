// What is loaded when it is first needed, in one piece: its parts share most of their code.
export { openAccount } from "./open-account.ts";
export { signInToGoogle } from "./sign-in.ts";
