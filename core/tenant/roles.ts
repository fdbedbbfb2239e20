/** Console roles, each of which has all that the ones before it have. */
export const CONSOLE_ROLES = ['agent', 'supervisor', 'administrator', 'operator'] as const;
export type ConsoleRole = (typeof CONSOLE_ROLES)[number];

/** No role grants, changes or takes away more than it has itself. */
export function mayManage(own: ConsoleRole, other: ConsoleRole): boolean {
  return CONSOLE_ROLES.indexOf(own) >= CONSOLE_ROLES.indexOf(other);
}

export interface OperatorAccount {
  readonly account: string;
  readonly role: ConsoleRole;
  readonly enabled: boolean;
}

/** Whether nobody could operate the installation any more if this account could not sign in. */
export function isLastOperator(accounts: readonly OperatorAccount[], account: string): boolean {
  const able = accounts.filter((one) => one.role === 'operator' && one.enabled);
  return able.length === 1 && able[0]?.account === account;
}
