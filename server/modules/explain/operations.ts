import { explainAgent, explainContact, exportAgentLog, exportContactLog } from '@parley/contract/admin/explain.ts';
import { errors } from '@parley/contract/admin/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import type { Event } from '@parley/core/centre/event.ts';
import { explainAgent as explain } from '@parley/core/explain/agent.ts';
import type { Engine } from '../../engine/engine.ts';
import { choiceInWords, obstacleInWords, wordsOf } from './words.ts';

export interface ExplainDependencies {
  readonly engine: Pick<Engine, 'view' | 'history'>;
}

const MAX_TURNS = 10_000;

interface Told {
  readonly at: number;
  readonly event: Event;
}

/** The choices among the ready agents of a queue that led to a call's offers. */
function choicesOf(story: readonly Told[]) {
  return story.flatMap(({ at, event }) => {
    if (event.type !== 'CallOffered' || event.choice === undefined) return [];
    const { agent, queue = 0, choice } = event;
    return [{
      at, queueId: queue, chosen: { workNo: agent, weight: choice.weight, readySince: choice.readySince }, ready: choice.ready,
      next: choice.next.map((one) => ({ workNo: one.agent, weight: one.weight, readySince: one.readySince })),
      notReady: Object.entries(choice.states).filter(([state, agents]) => state !== 'idle' && agents > 0).map(([state, agents]) => ({ state, agents })),
      text: choiceInWords(agent, choice, at),
    }];
  });
}

/** Why a call went the way it went: what its events say, as far as the journal reaches back. Undefined where it says nothing. */
export interface Explained {
  readonly choices: ReturnType<typeof choicesOf>;
  readonly turns: { readonly at: number; readonly what: string }[];
}
export type ExplainCall = (vdnId: number, callId: string) => Promise<Explained | undefined>;

export const createExplainCall = ({ engine }: { readonly engine: Pick<Engine, 'history'> }): ExplainCall => async (vdnId, callId) => {
  const story = await engine.history.story(vdnId, { call: callId }, MAX_TURNS);
  if (story.length === 0) return undefined;
  const turns = story.flatMap(({ at, event }) => {
    const what = wordsOf(event);
    return what === undefined ? [] : [{ at, what }];
  });
  return { choices: choicesOf(story), turns };
};

/** Explanations and logs: projections of the journal, and of the state that decisions are made on. */
export function explainHandlers({ engine }: ExplainDependencies): readonly Handler[] {
  const explainCall = createExplainCall({ engine });
  const log = async (vdnId: number, range: { readonly call: string } | { readonly agent: number }, what: string, id: string | number) => {
    const found = await engine.history.log(vdnId, range);
    if (found === 'nothing') return refuse(errors.notFound, { what, id });
    if (found === 'cut') return refuse(errors.conflict, { message: 'The journal no longer reaches back to where this log would have to begin' });
    if (found === 'tooLong') return refuse(errors.conflict, { message: 'Too much happened in between for one log' });
    return { ...found, events: [...found.events] };
  };
  return [
    handle(explainContact, async ({ callId }, { vdnId }) => {
      const explained = await explainCall(vdnId, callId);
      return explained === undefined ? refuse(errors.notFound, { what: 'call', id: callId }) : { callId, ...explained };
    }),
    handle(explainAgent, ({ workNo }, { vdnId, now }) => engine.view(vdnId, (centre) => {
      const { obstacles, queues } = explain(centre, workNo);
      if (obstacles.some(({ why }) => why === 'notConfigured')) return refuse(errors.notFound, { what: 'agent', id: workNo });
      return {
        workNo, getsCalls: queues.some(({ takes }) => takes),
        obstacles: obstacles.map((obstacle) => ({ why: obstacle.why, text: obstacleInWords(obstacle, now) })),
        queues: queues.map(({ queue, name, waiting, ready, ahead = null }) => ({ queueId: queue, name, waiting, ready, ahead })),
      };
    })),
    handle(exportContactLog, ({ callId }, { vdnId }) => log(vdnId, { call: callId }, 'call', callId)),
    handle(exportAgentLog, ({ workNo }, { vdnId }) => log(vdnId, { agent: workNo }, 'event of agent', workNo)),
  ];
}
