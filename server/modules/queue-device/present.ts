import type { queryStatInfoOfAcd, querySkillQueueOnAgentVDN } from '@parley/contract/gateway/queue-device.ts';
import type { Result } from '@parley/contract/operation.ts';
import { halvesOf } from '@parley/core/call/call-id.ts';
import type { QueueConfig } from '@parley/core/centre/config.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { queueStatus } from '@parley/core/queue/figures.ts';
import type { Diversion } from '@parley/core/queue/treatment.ts';

type Figures = Result<typeof queryStatInfoOfAcd>[number];

/** What decisions need not know of a queue. */
export interface QueueDetails {
  readonly description: string;
  /** Access code of a route that leads to it. */
  readonly accessCode: string | undefined;
}

export const presentQueues = ({ config }: Centre): Result<typeof querySkillQueueOnAgentVDN> =>
  [...config.queues.values()].toSorted((one, other) => one.id - other.id)
    .map(({ id, name, media }) => ({ name, id, mediatype: media, serviceType: 1, realFlag: 1 }));

/** 5.2.9: the numbers that stand for nobody. */
const NOBODY_WAITS: Figures['oldCallIdEx'] = { dateTime: 4_294_967_295_000, dsn: 65_535, server: 255, handle: 255 };
const NOWHERE = { transferFlg: 0, transferDeviceType: 255, transferDeviceNo: 65_535 } as const;
const UNUSED = { loadFactor: 65_535, estWaitTime: 0, resourceIdleRate: 100, serviceLevel: 100 } as const;

/** A client makes the call's id of it: the seconds, a hyphen, and server x 2^24 + handle x 2^16 + dsn. */
export function presentCallId(call: string | undefined): Figures['oldCallIdEx'] {
  if (call === undefined) return NOBODY_WAITS;
  const { seconds, number } = halvesOf(call);
  return { dateTime: seconds * 1000, server: Math.floor(number / 2 ** 24), handle: Math.floor(number / 2 ** 16) % 2 ** 8, dsn: number % 2 ** 16 };
}

/** 6.5.5. */
function presentDiversion(diversion: Diversion): Pick<Figures, keyof typeof NOWHERE> {
  if (diversion.kind === 'release') return NOWHERE;
  return diversion.kind === 'queue'
    ? { transferFlg: 2, transferDeviceType: 1, transferDeviceNo: diversion.queueId }
    : { transferFlg: 2, transferDeviceType: 3, transferDeviceNo: diversion.flowId };
}

export function presentFigures(centre: Centre, { id, name, maxWaiting, treatment }: QueueConfig, details: QueueDetails | undefined, now: number): Figures {
  const { waiting, longest, longestSeconds, signedIn, available } = queueStatus(centre, id, now);
  return {
    ...UNUSED,
    ...presentDiversion(signedIn === 0 ? treatment.noAgents : treatment.busy),
    pilotNbr: details?.accessCode ?? '',
    deviceNo: id,
    queueSize: waiting,
    queueTime: longestSeconds,
    loggedOnAgents: signedIn,
    availAgents: available,
    skillDescrip: details?.description || name,
    oldCallIdEx: presentCallId(longest?.id),
    maxQueueSize: maxWaiting,
  };
}
