// What is used of Bun and Deno: their own types and those of Node cannot all be loaded at once.

declare const Bun: {
  serve(options: {
    hostname: string;
    port: number;
    /** Seconds after which a quiet connection ends. */
    idleTimeout: number;
    fetch: (request: Request) => Promise<Response>;
  }): { readonly url: URL; stop(): Promise<void> };
};

declare const Deno: {
  serve(
    options: { hostname: string; port: number; onListen: (address: { port: number }) => void },
    handler: (request: Request) => Promise<Response>,
  ): { shutdown(): Promise<void> };
};
