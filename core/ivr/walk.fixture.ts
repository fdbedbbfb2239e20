import assert from 'node:assert/strict';
import type { FlowOutcome } from '../call/ivr.ts';
import { readFlow, type Flow } from './flow.ts';
import type { HttpRequest } from './node-type.ts';
import type { Facts, FlowState } from './state.ts';
import { enterFlow, startFlow, stepFlow, type Action, type FlowEvent, type Stepped } from './step.ts';

export const FACTS: Facts = { call: '1-1', caller: '13800000001', callerVerified: true, called: '12345', data: '', waits: false, zone: 'Europe/Berlin', queues: [1, 2] };

/** Wednesday, 31 March 2027, 09:30 in Berlin. */
export const NOON = Date.UTC(2027, 2, 31, 7, 30);

export function flowOf(definition: object): Flow {
  const { flow, faults } = readFlow(definition);
  assert.deepEqual(faults, []);
  assert.ok(flow !== undefined);
  return flow;
}

/** A caller who walks through a flow; what the flow asks for is answered by hand. */
export interface Walk {
  readonly state: () => FlowState;
  readonly last: () => readonly Action[];
  /** Texts and files of the prompt that was asked for last. */
  readonly hears: () => readonly string[];
  readonly heard: () => void;
  readonly fails: () => void;
  readonly press: (keys: string) => void;
  /** Lets the time run out that was asked for last. */
  readonly elapse: () => void;
  readonly asked: () => HttpRequest;
  readonly answers: (status: number, body?: string) => void;
  readonly happens: (event: FlowEvent, atMs?: number) => void;
  readonly enters: (flow: object) => void;
  readonly outcome: () => FlowOutcome | undefined;
  readonly variable: (name: string) => string | undefined;
}

export function walk(definition: object, facts: Partial<Facts> = {}): Walk {
  let flow = flowOf(definition);
  let at = NOON;
  let stepped: Stepped = startFlow(flow, { ...FACTS, ...facts }, at);
  const all: Action[] = [...stepped.actions];
  const take = (next: Stepped): void => {
    stepped = next;
    all.push(...next.actions);
  };
  const newest = <K extends Action['kind']>(kind: K): Extract<Action, { kind: K }> => {
    const found = all.findLast((action) => action.kind === kind);
    assert.ok(found !== undefined, `no ${kind} was asked for`);
    return found as Extract<Action, { kind: K }>;
  };
  const happens = (event: FlowEvent, atMs = at): void => {
    at = atMs;
    take(stepFlow(flow, stepped.state, event, at));
  };
  return {
    happens,
    state: () => stepped.state,
    last: () => stepped.actions,
    hears: () => newest('speak').pieces.map((piece) => ('play' in piece ? piece.play : 'path' in piece ? piece.path : piece.say)),
    heard: () => { happens({ kind: 'spoken', id: newest('speak').id, ok: true }); },
    fails: () => { happens({ kind: 'spoken', id: newest('speak').id, ok: false }); },
    press: (keys) => { for (const key of keys) happens({ kind: 'key', key }); },
    elapse: () => { happens({ kind: 'elapsed', id: newest('timer').id }); },
    asked: () => newest('http').request,
    answers: (status, body = '') => { happens({ kind: 'answered', id: newest('http').id, status, body }); },
    enters: (next) => {
      flow = flowOf(next);
      take(enterFlow(flow, stepped.state, at));
    },
    outcome: () => all.findLast((action) => action.kind === 'outcome')?.outcome,
    variable: (name) => stepped.state.variables[name],
  };
}
