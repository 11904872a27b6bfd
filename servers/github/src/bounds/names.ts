/** Logins of users and organizations; those that a company manages have an underscore. */
const OWNER = /^[a-z\d][a-z\d_-]{0,99}$/i;

const REPO = /^[\w.-]{1,100}$/;

/** Whether somebody on GitHub can be called this. */
export const isOwner = (name: string): boolean => OWNER.test(name);

/** Whether a repository can be called this. */
export const isRepo = (name: string): boolean => REPO.test(name) && name !== "." && name !== "..";
