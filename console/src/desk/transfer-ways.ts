import type { innerHelp } from '@parley/contract/gateway/call-dial.ts';
import type { transferCall } from '@parley/contract/gateway/call-transfer.ts';
import type { Input } from '@parley/contract/operation.ts';

/* The ways in which a call goes to somebody else. To an agent they are one choice, though two operations: transfers (6.1.2.11) and help (6.1.2.5). */

export const TARGETS = ['agent', 'queue', 'flow', 'number'] as const;
export type TargetKind = (typeof TARGETS)[number];

export interface Target {
  readonly kind: TargetKind;
  /** A work number, the id of a queue, the access code of a flow, a number. */
  readonly address: string;
}

/** blind: out at once; answered: out when they answer; talk: alone with them first; three: all together; lend: until a flow gives it back. */
export type Way = 'blind' | 'answered' | 'talk' | 'three' | 'lend';

const WAYS: Readonly<Record<TargetKind, readonly Way[]>> = {
  agent: ['talk', 'answered', 'blind', 'three'], queue: ['talk', 'answered', 'blind', 'three'], flow: ['blind', 'lend'], number: ['talk', 'answered', 'blind', 'three'],
};

const DEVICES = { queue: 1, agent: 2, flow: 3, number: 5 } as const;
type Mode = Input<typeof transferCall>['mode'];
const MODES: Readonly<Record<TargetKind, Partial<Readonly<Record<Way, Mode>>>>> = {
  agent: { blind: 0, answered: 2 }, queue: { blind: 0, answered: 2 }, flow: { blind: 0, lend: 1 }, number: { blind: 1, answered: 2, talk: 3, three: 4 },
};

/** Blind to a number outside is for calls that came in alone, and help for those with a customer. */
export const waysTo = (kind: TargetKind, direction: 'in' | 'out' | 'internal', isConsulting: boolean): readonly Way[] =>
  WAYS[kind].filter((way) => (kind === 'number' ? way !== 'blind' || direction === 'in' : isConsulting || MODES[kind][way] !== undefined));

export type TransferRequest =
  | { readonly by: 'transfer'; readonly input: Omit<Input<typeof transferCall>, 'agentid'> }
  | { readonly by: 'help'; readonly input: Omit<Input<typeof innerHelp>, 'agentid'> };

export function requestOf({ kind, address }: Target, way: Way): TransferRequest {
  const mode = MODES[kind][way];
  if (mode !== undefined) return { by: 'transfer', input: { devicetype: DEVICES[kind], address, mode } };
  return { by: 'help', input: { dstaddress: address, devicetype: kind === 'queue' ? 1 : 2, mode: way === 'three' ? 2 : 1 } };
}
