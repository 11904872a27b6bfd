import type { Api } from "./github.ts";
import type { ApiSettings } from "./open-api.ts";

/** GitHub, whose client is loaded when it is first asked. */
export function lazyApi(settings: ApiSettings): Api {
  let opened: Promise<Api> | undefined;
  return {
    async as(owner, signal) {
      opened ??= import("./open-api.ts").then(({ openApi }) => openApi(settings));
      return (await opened).as(owner, signal);
    },
  };
}
