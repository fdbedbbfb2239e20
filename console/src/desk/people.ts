import { getAllStatusAgents } from '@parley/contract/gateway/agent-group.ts';
import { queryIVRInfoOnVdn, querySkillQueueOnAgentVDN } from '@parley/contract/gateway/queue-device.ts';
import { useAsked } from '../session/asking.ts';
import { useDesk } from './desk.ts';
import type { TargetKind } from './transfer-ways.ts';

/* Whom a call can go to. */

const EVERY_MS = 3000;

export interface Person {
  readonly address: string;
  readonly name: string;
  /** How an agent stands; of others nothing. */
  readonly standing?: Standing;
  /** How many wait in a queue of one's own; of others it is not told. */
  readonly waiting?: number | undefined;
}

export type Standing = 'idle' | 'busy' | 'wrapUp' | 'talking' | 'rest' | 'signedOut';

/** As the gateway numbers them (6.5.3). */
const STANDINGS: Readonly<Record<string, Standing>> = { 2: 'signedOut', 3: 'busy', 4: 'idle', 5: 'wrapUp', 7: 'talking', 8: 'rest', 9: 'talking' };
const ORDER: readonly Standing[] = ['idle', 'wrapUp', 'talking', 'busy', 'rest', 'signedOut'];

export const colleaguesFirst = (people: readonly Person[]): readonly Person[] =>
  people.toSorted((one, other) => ORDER.indexOf(one.standing ?? 'signedOut') - ORDER.indexOf(other.standing ?? 'signedOut') || one.name.localeCompare(other.name));

/** Colleagues with their states, those who are free first. */
export function useColleagues(isShown = true): readonly Person[] | undefined {
  const { workNo: agentid = 0 } = useDesk();
  const asked = useAsked(getAllStatusAgents, { agentid }, { everyMs: EVERY_MS, enabled: isShown && agentid !== 0 });
  return asked.data && colleaguesFirst(asked.data.filter(({ workno }) => Number(workno) !== agentid)
    .map(({ workno, name, status }) => ({ address: workno, name, standing: STANDINGS[status] ?? 'signedOut' })));
}

/** Media of queues in which calls with voice wait (Table 12-695). */
const VOICE = new Set([5, 19]);

/** Whom there is of a kind, while the list is looked at; of numbers there is none. */
export function useTargets(kind: TargetKind): readonly Person[] | undefined {
  const { workNo: agentid = 0, now } = useDesk();
  const agents = useColleagues(kind === 'agent');
  const queues = useAsked(querySkillQueueOnAgentVDN, { agentid }, { enabled: kind === 'queue' });
  const flows = useAsked(queryIVRInfoOnVdn, { agentid }, { enabled: kind === 'flow' });
  switch (kind) {
    case 'agent':
      return agents;
    case 'queue':
      return queues.error === null
        ? queues.data?.filter(({ mediatype }) => VOICE.has(mediatype)).map(({ id, name }) => ({ address: String(id), name, waiting: now?.queues.find(({ queueId }) => queueId === id)?.waiting }))
        : [];
    case 'flow':
      // A tenant without flows is refused the list of them.
      return flows.error === null ? flows.data?.map(({ access, description }) => ({ address: access, name: description || access })) : [];
    case 'number':
      return [];
    default:
      return kind satisfies never;
  }
}
