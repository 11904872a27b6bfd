import type { drive_v3 } from "@googleapis/drive";
import { select } from "../fields.ts";
import { find, page } from "../files.ts";
import { type Asked, jsonOf, Refusal, type Route } from "../http.ts";
import type { Store, Stored } from "../store.ts";

const USUAL = "id,type,role";
const ROLES = ["reader", "commenter", "writer", "fileOrganizer", "organizer"];

/** Who may see a file, its owner first. */
export function permissionsOf({ meta }: Stored): drive_v3.Schema$Permission[] {
  const owner = meta.owners?.[0]?.emailAddress;
  meta.permissions ??= owner
    ? [{ id: "owner-id", type: "user", role: "owner", emailAddress: owner, displayName: "Ada" }]
    : [];
  return meta.permissions;
}

/** `permissions` of files. */
export function permissions(store: Store): Route[] {
  const at = (asked: Asked, id: string, permission: string) => {
    const all = permissionsOf(find(store, asked, id));
    const index = all.findIndex((one) => one.id === permission);
    if (index < 0) throw new Refusal(404, "notFound", `Permission not found: ${permission}.`);
    return { all, index };
  };
  return [
    {
      method: "GET",
      path: /^\/drive\/v3\/files\/([^/]+)\/permissions$/,
      answer: (asked, id) => {
        const all = permissionsOf(find(store, asked, id));
        const usual = `nextPageToken,permissions(${USUAL})`;
        return { body: page(all, "permissions", asked.query, usual) };
      },
    },
    {
      method: "POST",
      path: /^\/drive\/v3\/files\/([^/]+)\/permissions$/,
      answer: (asked, id) => {
        const given = create(find(store, asked, id), jsonOf(asked));
        return { body: select(given, asked.query.get("fields") ?? USUAL) as object };
      },
    },
    {
      method: "PATCH",
      path: /^\/drive\/v3\/files\/([^/]+)\/permissions\/([^/]+)$/,
      answer: (asked, id, permission) => {
        const { all, index } = at(asked, id, permission);
        const changed = Object.assign(all[index]!, jsonOf(asked));
        return { body: select(changed, asked.query.get("fields") ?? USUAL) as object };
      },
    },
    {
      method: "DELETE",
      path: /^\/drive\/v3\/files\/([^/]+)\/permissions\/([^/]+)$/,
      answer: (asked, id, permission) => {
        const { all, index } = at(asked, id, permission);
        if (all[index]?.permissionDetails?.some(({ inherited }) => inherited)) {
          throw new Refusal(403, "cannotDeletePermission", "The permission is inherited.");
        }
        all.splice(index, 1);
        return { status: 204 };
      },
    },
  ];
}

/** Gives access to who has none. */
function create(stored: Stored, given: drive_v3.Schema$Permission): drive_v3.Schema$Permission {
  if (given.role === "owner") {
    const message = "The transferOwnership parameter must be enabled.";
    throw new Refusal(403, "forbidden", message);
  }
  if (!ROLES.includes(given.role ?? "")) throw new Refusal(400, "invalid", "Invalid role");
  const all = permissionsOf(stored);
  const name = given.emailAddress ?? given.domain ?? "";
  const id = given.type === "anyone" ? "anyoneWithLink" : `${given.type}-${name}`;
  // What Google makes of a second one is not written down: nothing here shall rest on it.
  if (all.some((one) => one.id === id)) throw new Refusal(400, "invalid", "Already shared");
  const made = { ...given, id, ...(name && { displayName: name }) };
  all.push(made);
  return made;
}
