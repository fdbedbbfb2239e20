import { aQueue, aSkill, FIRST_CONFIG } from '../centre/centre.fixture.ts';
import type { Command } from '../centre/command.ts';
import type { ConfigChange } from '../centre/config.ts';
import { customersOf } from './call.ts';
import { callNamed, type Talk } from './talk.fixture.ts';
import type { TransferMode, TransferTo } from './transfer.ts';

export const toAgent: TransferTo = { device: 'agent', agent: 102 };
export const toQueue: TransferTo = { device: 'queue', queue: 2 };
export const toFlow: TransferTo = { device: 'flow', flow: '7' };
export const toNumber: TransferTo = { device: 'number', number: '13911112222', caller: '40040' };
export const toCode: TransferTo = { device: 'accessCode', to: { kind: 'queue', queue: 2 } };
/** One of each kind. */
export const EACH: Readonly<Record<TransferTo['device'], TransferTo>> = { agent: toAgent, queue: toQueue, flow: toFlow, number: toNumber, accessCode: toCode };

export const transfer = (to: TransferTo, mode: TransferMode, more: object = {}): Command => ({ kind: 'transfer', agent: 101, to, mode, ...more });

/** 101 serves queue 1, 102 and 103 serve queue 2. */
export const QUEUES: ConfigChange = {
  ...FIRST_CONFIG,
  queues: [aQueue(1), aQueue(2, { maxWaitMs: 40_000 }), aQueue(3, { media: 19 }), aQueue(4, { media: 53 })],
  agents: [101, 102, 103].map((id) => ({ id, roleId: 2, type: 4, skills: [aSkill(id === 101 ? 1 : 2)] })),
};

/** The leg of the number that was called in. */
export const targetLeg = (talk: Talk): string =>
  customersOf(callNamed(talk, talk.call)).find(({ leg }) => leg !== talk.customerLeg)?.leg ?? '';

/** The devices that the call has passed, with the reasons of 12.3.8.9. */
export const trace = (talk: Talk): readonly unknown[] =>
  callNamed(talk, talk.call).visits.map(({ device, no, enterReason, leaveReason }) => [device, no, enterReason, leaveReason]);
