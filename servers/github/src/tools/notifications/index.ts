import type { GitHubTool } from "../shared/github-tool.ts";
import { dismissNotification } from "./dismiss-notification.ts";
import { getNotificationDetails } from "./get-notification-details.ts";
import { listNotifications } from "./list-notifications.ts";
import { manageNotificationSubscription } from "./manage-notification-subscription.ts";
import { manageRepositoryNotificationSubscription } from "./manage-repository-notification-subscription.ts";
import { markAllNotificationsRead } from "./mark-all-notifications-read.ts";

/** The tools of the toolset `notifications`. */
export const notificationsTools: readonly GitHubTool[] = [
  listNotifications,
  getNotificationDetails,
  dismissNotification,
  markAllNotificationsRead,
  manageNotificationSubscription,
  manageRepositoryNotificationSubscription,
];
