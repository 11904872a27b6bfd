/** Any JSON, as tools answer it. */
export type Json = string | number | boolean | null | Json[] | JsonMembers;

/** A JSON object, as tools answer it. */
export type JsonMembers = { [name: string]: Json };
