// Runs every file of this folder that has both sides: exits with 1 when one of them hears anything but hello.
await import("./memory.ts");
await import("./stdio.ts");
await import("./http.ts");
await import("./http-sse.ts");
await import("./websocket.ts");

console.log("Every transport carried a hello.");
