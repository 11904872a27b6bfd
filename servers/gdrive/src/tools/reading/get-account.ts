import { s } from "@portico/core";
import { SOURCE } from "../shared/files.ts";
import { googleTool } from "../shared/google-tool.ts";

/** Says whose Drive this is. */
export const getAccount = googleTool({
  name: "get_account",
  title: "Account",
  description: "Whose Drive this is, how much storage is used, and what Google allowed.",
  input: s.object({}),
  output: s.object({ account: s.string(), email: s.string(), used_bytes: s.integer() }),
  annotations: { readOnlyHint: true },
  need: "drive.read",
  async run(_, { reading, account, signal }) {
    const fields = "user(displayName,emailAddress),storageQuota(limit,usage)";
    const about = await reading((api) => api.about.get({ fields }, { signal }));
    const { limit, usage } = about.storageQuota ?? {};
    const scopes = await account.grantedScopes();
    const data = {
      account: account.name,
      email: about.user?.emailAddress ?? "",
      name: about.user?.displayName ?? "",
      used_bytes: Number(usage ?? 0),
      ...(limit && { limit_bytes: Number(limit) }),
      ...(scopes && { scopes: [...scopes] }),
    };
    return { data, source: SOURCE };
  },
});
