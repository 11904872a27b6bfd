// REST knows projects, fields and items; only GraphQL knows views, status updates, and how a project begins.

const VIEW = `id number name layout filter
  fields(first: 50) { nodes { ... on ProjectV2FieldCommon { databaseId name } } }`;

const STATUS_UPDATE = "id status body startDate targetDate createdAt creator { login }";

const ofOwner = (fields: string) => `
  repositoryOwner(login: $owner) {
    ... on Organization { projectV2(number: $number) { ${fields} } }
    ... on User { projectV2(number: $number) { ${fields} } }
  }`;

/** The views of a project. */
export const LIST_VIEWS = `query ListViews($owner: String!, $number: Int!, $first: Int!, $after: String) {
  ${ofOwner(`views(first: $first, after: $after) { nodes { ${VIEW} } totalCount pageInfo { hasNextPage endCursor } }`)}
}`;

/** A view as GitHub gives it. */
export interface View {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly layout: string;
  readonly filter: string | null;
  readonly fields: {
    readonly nodes: readonly { readonly databaseId?: number | null; readonly name?: string }[];
  };
}

/** The status updates of a project, newest first. */
export const LIST_STATUS_UPDATES = `query ListStatusUpdates($owner: String!, $number: Int!, $first: Int!, $after: String) {
  ${ofOwner(`statusUpdates(first: $first, after: $after) { nodes { ${STATUS_UPDATE} } totalCount pageInfo { hasNextPage endCursor } }`)}
}`;

/** A status update as GitHub gives it. */
export interface StatusUpdate {
  readonly id: string;
  readonly status: string | null;
  readonly body: string | null;
  readonly startDate: string | null;
  readonly targetDate: string | null;
  readonly createdAt: string;
  readonly creator: { readonly login: string } | null;
}

const PLACE = `project { number owner { ... on Organization { login } ... on User { login } } }`;

/** One view, with the project it belongs to. */
export const GET_VIEW = `query GetView($id: ID!) {
  node(id: $id) { ... on ProjectV2View { ${VIEW} ${PLACE} } }
}`;

/** One status update, with the project it belongs to. */
export const GET_STATUS_UPDATE = `query GetStatusUpdate($id: ID!) {
  node(id: $id) { ... on ProjectV2StatusUpdate { ${STATUS_UPDATE} ${PLACE} } }
}`;

/** Which project a node belongs to. */
export interface Place {
  readonly project?: {
    readonly number: number;
    readonly owner: { readonly login?: string };
  };
}

/** A project's node id. */
export const PROJECT_ID = `query ProjectId($owner: String!, $number: Int!) {
  ${ofOwner("id")}
}`;

/** The node id of an organization or a user. */
export const OWNER_ID = `query OwnerId($owner: String!) { repositoryOwner(login: $owner) { id } }`;

/** Begins a project. */
export const CREATE_PROJECT = `mutation CreateProject($ownerId: ID!, $title: String!) {
  createProjectV2(input: { ownerId: $ownerId, title: $title }) { projectV2 { id number title url } }
}`;

/** Says how a project goes. */
export const CREATE_STATUS_UPDATE = `mutation CreateStatusUpdate($input: CreateProjectV2StatusUpdateInput!) {
  createProjectV2StatusUpdate(input: $input) { statusUpdate { ${STATUS_UPDATE} } }
}`;

/** A project's item, by its node id, with the project it belongs to. */
export const ITEM_PLACE = `query ItemPlace($id: ID!) {
  node(id: $id) { ... on ProjectV2Item { fullDatabaseId ${PLACE} } }
}`;

/** The items that an issue is, in all projects it is in. */
export const ISSUE_ITEMS = `query IssueItems($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    issue(number: $number) {
      projectItems(first: 100) { nodes { fullDatabaseId ${PLACE} } }
    }
  }
}`;
