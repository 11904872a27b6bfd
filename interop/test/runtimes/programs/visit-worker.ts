import { visits } from "./visits.ts";

export default {
  /** Visits the server that the query names. */
  async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    return Response.json(await visits(searchParams.get("server") ?? ""));
  },
};
