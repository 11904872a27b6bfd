import { call, refusal, structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { parseAllowList } from "../src/bounds/allow-list.ts";
import { FakeInbox, notificationsRoutes } from "./fake/notifications.ts";
import { placeRoutes, privatePlace, publicPlace } from "./fake/places.ts";
import { type OpenOptions, open } from "./support/servers.ts";

async function openInbox(options: OpenOptions = {}) {
  const users = { good: { login: "octocat", scopes: "repo, notifications" } };
  const routes = [placeRoutes, notificationsRoutes];
  const opened = await open({ routes, users, ...options });
  const { world } = opened.github;
  world.add(publicPlace);
  world.add(privatePlace);
  const inbox = world.of(FakeInbox);
  const ours = { place: publicPlace, unread: true };
  inbox.threads.push(
    { id: "1", title: "Ours", number: 1, author: "maintainer", ...ours },
    { id: "2", title: "A stranger's", number: 2, author: "stranger", ...ours },
    { id: "3", title: "A ghost's", number: 3, ...ours },
    { id: "4", title: "A release", ...ours },
    { id: "5", title: "Private", number: 5, author: "stranger", place: privatePlace, unread: true },
  );
  return { ...opened, inbox };
}

test("what waits for the user is listed, of all or of one repository", async () => {
  const { client, inbox } = await openInbox();
  inbox.threads[0]!.unread = false;
  const all = await structured<{ notifications: object[] }>(client, "list_notifications");
  expect(all.notifications).toHaveLength(4);
  expect(all.notifications[0]).toMatchObject({
    id: "2",
    repository: "octo/site",
    type: "Issue",
    number: 2,
    html_url: "https://github.com/octo/site/issues/2",
    title: "A stranger's",
    reason: "mention",
  });
  const args = { owner: "octocat", repo: "diary", filter: "include_read_notifications" };
  expect(await structured(client, "list_notifications", args)).toMatchObject({
    notifications: [{ id: "5" }],
  });
});

test("a notification is shown, marked, and taken away", async () => {
  const { client, inbox } = await openInbox();
  const one = { notificationID: "1" };
  expect(await structured(client, "get_notification_details", one)).toMatchObject({
    title: "Ours",
  });
  await call(client, "dismiss_notification", { threadID: "1", state: "read" });
  expect(inbox.threads[0]).toMatchObject({ id: "1", unread: false });
  await call(client, "dismiss_notification", { threadID: "1", state: "done" });
  expect(inbox.threads.map(({ id }) => id)).toEqual(["2", "3", "4", "5"]);
});

test("all are marked as read, or those of one repository", async () => {
  const { client, inbox } = await openInbox();
  await call(client, "mark_all_notifications_read", { owner: "octocat", repo: "diary" });
  expect(inbox.threads.filter(({ unread }) => unread)).toHaveLength(4);
  await call(client, "mark_all_notifications_read");
  expect(inbox.threads.filter(({ unread }) => unread)).toEqual([]);
  const half = await refusal(client, "mark_all_notifications_read", { owner: "octo" });
  expect(half).toContain("both owner and repo");
});

test("subscriptions are kept, ignored and deleted", async () => {
  const { client, inbox } = await openInbox();
  const thread = (action: string) =>
    call(client, "manage_notification_subscription", { notificationID: "1", action });
  const repository = (action: string) =>
    call(client, "manage_repository_notification_subscription", {
      owner: "octo",
      repo: "site",
      action,
    });
  await thread("ignore");
  await repository("watch");
  expect(Object.fromEntries(inbox.subscriptions)).toEqual({
    1: { ignored: true },
    "octo/site": { subscribed: true, ignored: false },
  });
  await thread("delete");
  await repository("delete");
  expect(inbox.subscriptions.size).toBe(0);
});

test("lockdown withholds titles of strangers and of nobody in public repositories (GH3)", async () => {
  const { client } = await openInbox({ settings: { isLocked: true } });
  const shown = await call(client, "list_notifications");
  expect(shown).toContain("Ours");
  expect(shown).toContain("Private");
  expect(shown).not.toMatch(/A stranger's|A ghost's|A release/);
  expect(shown).toContain("Lockdown withheld 3");
  const one = await call(client, "get_notification_details", { notificationID: "2" });
  expect(one).toContain("title_withheld");
  expect(one).not.toContain("stranger");
});

test("an allow-list hides and protects notifications of other repositories", async () => {
  const allowed = parseAllowList(["octo/site"]);
  const { client, inbox } = await openInbox({ settings: { allowed } });
  expect(await call(client, "list_notifications")).not.toContain("Private");
  for (const [name, args] of [
    ["get_notification_details", { notificationID: "5" }],
    ["dismiss_notification", { threadID: "5", state: "done" }],
    ["manage_notification_subscription", { notificationID: "5", action: "ignore" }],
    ["mark_all_notifications_read", { owner: "octocat", repo: "diary" }],
    ["mark_all_notifications_read", {}],
  ] as const) {
    expect(await refusal(client, name, args)).not.toContain("Private");
  }
  expect(inbox.threads.filter(({ unread }) => unread)).toHaveLength(5);
  expect(inbox.subscriptions.size).toBe(0);
});
