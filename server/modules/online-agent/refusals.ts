import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import { refuse, type Refusal, type RefusalKind } from '@parley/contract/refusal.ts';
import type { Refused, Why } from '@parley/core/centre/refused.ts';

export type Codes = Partial<Record<Why, RefusalKind>>;

/** What the gateway answers where an operation has no code of its own. */
const GENERAL: Codes = { notSignedIn: sessionErrors.notSignedIn, wrongState: sessionErrors.wrongState, noPermission: gatewayErrors.forbidden };

/** In words, where the core said no more than why. */
const WORDS: Partial<Record<Why, string>> = {
  noCall: 'there is no call', unknownCall: 'there is no such call', unknownAgent: 'there is no such agent', unknownQueue: 'there is no such skill queue',
  noPermission: 'the agent\'s role does not allow it', mustChangePassword: 'the password must be changed first', busy: 'the other one is not free',
  offline: 'the other one is not signed in', tooLarge: 'the call data are too large', badMode: 'the mode does not go with the device',
  wrongState: 'not now', badNumber: 'it cannot be dialled', self: 'it is the agent itself', notYours: 'it is not the agent\'s', nothing: 'there is none',
  phoneUnavailable: 'the agent has no phone', foreignGroup: 'the other one is of another group', noPreview: 'it was not shown',
};

/** The wire code of a refusal of the core: the operation's own, else the gateway's general one, else 100-007. */
export function refusalOf({ refused, message }: Refused, agent: number, own: Codes = {}): Refusal {
  const kind = own[refused] ?? GENERAL[refused] ?? sessionErrors.failed;
  const words = WORDS[refused] ?? refused;
  return refuse(kind, { agent, state: message, limit: message, message: message === '' ? words : `${words} (${message})` });
}
