import type { RestEndpointMethodTypes } from "@octokit/rest";
import type { JsonObject } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import type { GitHub, Repository } from "../../api/github.ts";
import { stated } from "../../api/stated.ts";
import type { ToolCall } from "../shared/github-tool.ts";

/** A notification, as GitHub gives it. */
export type Thread = RestEndpointMethodTypes["activity"]["getThread"]["response"]["data"];

/** A notification as it is shown. Its title is somebody's words, and goes where lockdown withholds them. */
export function shownThread(thread: Thread, isTitleShown: boolean): JsonObject {
  const { repository, subject } = thread;
  return stated({
    id: thread.id,
    repository: repository.full_name,
    type: subject.type,
    ...(isTitleShown ? { title: subject.title } : { title_withheld: true }),
    ...aboutOf(thread),
    reason: thread.reason,
    unread: thread.unread,
    updated_at: thread.updated_at,
    last_read_at: thread.last_read_at,
  });
}

/** The number and page of what a notification is about, where it is an issue or a pull request. */
function aboutOf(thread: Thread): JsonObject {
  const about = subjectOf(thread);
  if (!about) return {};
  const page = thread.subject.type === "PullRequest" ? "pull" : "issues";
  return {
    number: about.number,
    html_url: `${thread.repository.html_url}/${page}/${about.number}`,
  };
}

/** The repository a notification comes from. */
export function placeOf({ repository }: Thread): Repository {
  return { owner: repository.owner.login, repo: repository.name };
}

/** Whether lockdown lets the title of a notification be shown. Its author is asked for only where that decides. */
export async function mayShowTitle(
  thread: Thread,
  github: GitHub,
  call: ToolCall,
): Promise<boolean> {
  if (!call.isLocked) return true;
  const author = thread.repository.private ? undefined : await authorOf(thread, github);
  return call.mayShow(placeOf(thread), author);
}

/**
 * Reads a notification, inside the allow-list.
 * @throws {GitHubError} when it comes from a repository outside of it
 */
export async function readThread(id: string, { rest }: GitHub, call: ToolCall): Promise<Thread> {
  const { data } = await rest.activity.getThread({ thread_id: Number(id) });
  const { owner, repo } = placeOf(data);
  if (call.admits(owner, repo)) return data;
  throw new GitHubError(`Notification ${id} is not from a repository this server may touch.`);
}

/** Makes sure that a notification may be touched, which only an allow-list calls into question. */
export async function requireThread(id: string, github: GitHub, call: ToolCall): Promise<void> {
  if (call.ctx.deps.allowed.isOn) await readThread(id, github, call);
}

/** Who wrote what a notification is about. Undefined where that cannot be found out. */
async function authorOf(thread: Thread, { rest }: GitHub): Promise<string | undefined> {
  const subject = subjectOf(thread);
  if (!subject) return undefined;
  const { data } = await rest.issues
    .get({ ...placeOf(thread), issue_number: subject.number })
    .catch(() => ({ data: undefined }));
  return data?.user?.login;
}

/** The issue or pull request a notification is about: only its address says its number. */
function subjectOf({ subject }: Thread): { readonly number: number } | undefined {
  const number = /\/(?:issues|pulls)\/(\d+)$/.exec(subject.url ?? "")?.[1];
  return number === undefined ? undefined : { number: Number(number) };
}
