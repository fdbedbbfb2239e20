/**
 * The id of an account among all tenants' accounts, as 17.1 tells it to other services: names of accounts are unique
 * within a tenant only.
 */
export const userIdOf = (vdnId: number, account: string): string => `${vdnId}:${account}`;

/** The account that an id of a user (6.4) names in this tenant: by itself, or as 17.1 tells it. */
export function accountOf(vdnId: number, userId: string): string {
  const prefix = userIdOf(vdnId, '');
  return userId.startsWith(prefix) ? userId.slice(prefix.length) : userId;
}
