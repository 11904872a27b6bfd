import { comments } from "../../fake/changing/comments.ts";
import { permissions } from "../../fake/changing/permissions.ts";
import { revisions } from "../../fake/changing/revisions.ts";
import { uploads } from "../../fake/changing/uploads.ts";
import { open as openPlain, type open as openServer } from "../../support/servers.ts";

type Wanted = NonNullable<Parameters<typeof openServer>[0]>;

/** A client of the server on a fake that has all that changes, for one test. */
export function open({
  fake,
  toolsets = ["files", "sharing", "comments", "revisions"],
  ...wanted
}: Wanted = {}): ReturnType<typeof openServer> {
  const parts = [...(fake?.parts ?? []), uploads, revisions, permissions, comments];
  return openPlain({ ...wanted, toolsets, fake: { ...fake, parts } });
}

/** Lets the fake answer a request as it would; stands between others in `instead`. */
export const pass = (): "lost" => undefined as unknown as "lost";

/** Does what was asked, and loses the answer. */
export const lost = () => "lost" as const;

/** Loses the request. */
export const hangUp = () => "hang-up" as const;

/** Refuses for the moment, and may be asked again at once. */
export const unavailable = () => ({ status: 503, headers: { "retry-after": "0" } });
