import type { Definition } from './graph/graph.ts';

/* Flows to begin with, so that nobody begins with nothing. What is said in them is the tenant's to change. */

export const STARTING_POINTS = ['menu', 'hours', 'survey', 'empty'] as const;
export type StartingPoint = (typeof STARTING_POINTS)[number];

/** What is said in a flow to begin with, in the language of whoever begins. */
export interface Prompts {
  readonly language: string;
  readonly welcome: string;
  readonly choose: string;
  readonly again: string;
  readonly closed: string;
  readonly askScore: string;
  readonly thanks: string;
}

/** `queues` are those that callers are led to: the first ones that the tenant has. */
export function startingFlow(point: StartingPoint, prompts: Prompts, queues: readonly number[]): Definition {
  const [first = 1, second = first] = queues;
  switch (point) {
    case 'menu':
      return {
        start: 'welcome', language: prompts.language,
        nodes: {
          welcome: { type: 'say', text: prompts.welcome, next: 'choose' },
          choose: { type: 'menu', prompt: prompts.choose, noMatch: prompts.again, choices: { 1: 'sales', 2: 'service' }, otherwise: 'sales' },
          sales: { type: 'queue', queue: first },
          service: { type: 'queue', queue: second },
        },
      };
    case 'hours':
      return {
        start: 'hours', language: prompts.language, holidays: ['01-01', '12-25'],
        nodes: {
          hours: { type: 'branch', cases: [{ when: 'holiday or weekday > 5 or time < \'09:00\' or time >= \'17:00\'', to: 'closed' }], otherwise: 'welcome' },
          welcome: { type: 'say', text: prompts.welcome, next: 'agents' },
          agents: { type: 'queue', queue: first },
          closed: { type: 'hangUp', prompt: prompts.closed },
        },
      };
    case 'survey':
      return {
        start: 'ask', language: prompts.language,
        nodes: {
          ask: {
            type: 'menu', prompt: prompts.askScore, into: 'score', noMatch: prompts.again, otherwise: 'thanks',
            choices: { 1: 'keep', 2: 'keep', 3: 'keep', 4: 'keep', 5: 'keep' },
          },
          keep: { type: 'set', variable: 'data', to: '\'score=\' & score', next: 'thanks' },
          thanks: { type: 'hangUp', prompt: prompts.thanks },
        },
      };
    case 'empty':
      return {};
    default:
      return point satisfies never;
  }
}
