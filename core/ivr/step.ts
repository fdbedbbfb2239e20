import type { FlowOutcome } from '../call/ivr.ts';
import { isAmong, momentIn } from './calendar.ts';
import { textOf, type Value } from './expression.ts';
import type { Flow, FlowNode } from './flow.ts';
import { BOUNDS, LIMITS } from './limits.ts';
import { isGiven } from './names.ts';
import type { Answer, Ask, HttpRequest, Move, Run } from './node-type.ts';
import { renderPrompt, type Piece } from './prompt.ts';
import type { Facts, FlowState } from './state.ts';
import { render } from './template.ts';

/** What is to be done for the caller. What has an id is answered by an event with the same; a second one of a kind takes the place of the first. */
export type Action =
  | { readonly kind: 'speak'; readonly id: number; readonly pieces: readonly Piece[] }
  | { readonly kind: 'timer'; readonly id: number; readonly ms: number }
  | { readonly kind: 'record'; readonly id: number; readonly maxMs: number }
  | { readonly kind: 'http'; readonly id: number; readonly request: HttpRequest }
  /** Another flow of the tenant's takes over: `enterFlow` goes on with it, or `failed` tells that there is none. */
  | { readonly kind: 'enter'; readonly id: number; readonly flow: number }
  /** Stops what is being spoken, and what is being recorded. */
  | { readonly kind: 'hush' }
  | { readonly kind: 'stopRecord' }
  /** After this time, `overdue` ends the flow wherever it stands. */
  | { readonly kind: 'limit'; readonly ms: number }
  | { readonly kind: 'outcome'; readonly outcome: FlowOutcome };

export type FlowEvent =
  | { readonly kind: 'spoken'; readonly id: number; readonly ok: boolean }
  | { readonly kind: 'elapsed'; readonly id: number }
  | { readonly kind: 'recorded'; readonly id: number; readonly ok: boolean; readonly file: string; readonly ms: number }
  | { readonly kind: 'answered'; readonly id: number; readonly status: number; readonly body: string }
  /** An HTTP call that came to nothing, or a flow that cannot be entered. */
  | { readonly kind: 'failed'; readonly id: number; readonly why: string }
  /** One of 0 to 9, * and #. */
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'overdue' }
  /** The caller is gone, or the flow is ended from outside: nothing more is to be done. */
  | { readonly kind: 'gone' };

export interface Stepped {
  readonly state: FlowState;
  readonly actions: readonly Action[];
}

/** A state while it is being moved on: `stepFlow` takes a copy and gives away a finished one. */
type Draft = { -readonly [K in keyof FlowState]: FlowState[K] } & { readonly actions: Action[] };

function finished({ actions, ...state }: Draft): Stepped {
  return { state, actions };
}

/** Begins a flow for a caller. */
export function startFlow(flow: Flow, facts: Facts, at: number): Stepped {
  const draft: Draft = {
    facts, variables: { ...flow.variables, data: facts.data }, node: undefined, memory: undefined, stage: 'running', awaits: {}, lastId: 0, typed: '', error: '',
    endsAt: at + flow.maxMs, steps: 0, quietSteps: 0, errors: 0, flows: 1, actions: [{ kind: 'limit', ms: flow.maxMs }],
  };
  moveOn(flow, draft, { kind: 'go', to: flow.start }, at);
  return finished(draft);
}

/** Another flow takes the caller over, with the variables that it knows; what bounds the caller's time goes on. */
export function enterFlow(flow: Flow, state: FlowState, at: number): Stepped {
  if (state.stage !== 'running') return { state, actions: [] };
  const kept = Object.entries(state.variables).filter(([name]) => name === 'data' || Object.hasOwn(flow.variables, name));
  const draft: Draft = { ...state, variables: { ...flow.variables, ...Object.fromEntries(kept) }, node: undefined, awaits: {}, flows: state.flows + 1, actions: [] };
  moveOn(flow, draft, { kind: 'go', to: flow.start }, at);
  return finished(draft);
}

/** What comes of an event: a pure function, and one that ends every flow. Events that are late change nothing. */
export function stepFlow(flow: Flow, state: FlowState, event: FlowEvent, at: number): Stepped {
  if (state.stage === 'over') return { state, actions: [] };
  const draft: Draft = { ...state, actions: [] };
  if (event.kind === 'gone') over(draft);
  else if (event.kind === 'overdue' || at >= state.endsAt) sayGoodbye(flow, draft, at, 'time');
  else {
    const answer = answerOf(draft, event);
    if (answer === undefined) return { state, actions: [] };
    if (draft.stage === 'goodbye') {
      if (answer.kind === 'spoken' || answer.kind === 'elapsed') hangUp(draft);
    } else take(flow, draft, answer, at);
  }
  return finished(draft);
}

/** The event, as the node is told of it; undefined where it is of something that does not matter any more. */
function answerOf(draft: Draft, event: Exclude<FlowEvent, { kind: 'overdue' | 'gone' }>): Answer | undefined {
  if (event.kind === 'key') return /^[0-9*#]$/.test(event.key) ? event : undefined;
  const { id, ...answer } = event;
  const [kind] = Object.entries(draft.awaits).find(([, awaited]) => awaited === id) ?? [];
  if (kind === undefined || !ANSWERS[answer.kind].includes(kind)) return undefined;
  draft.awaits = without(draft.awaits, kind as keyof FlowState['awaits']);
  return answer;
}

/** Whose end each event can tell. */
const ANSWERS: Readonly<Record<Exclude<Answer['kind'], 'key'>, readonly string[]>> = {
  spoken: ['speak'], elapsed: ['timer'], recorded: ['record'], answered: ['http'], failed: ['http', 'enter'],
};

function without(awaits: FlowState['awaits'], kind: keyof FlowState['awaits']): FlowState['awaits'] {
  const { [kind]: _gone, ...others } = awaits;
  return others;
}

function take(flow: Flow, draft: Draft, answer: Answer, at: number): void {
  const node = flow.nodes.get(draft.node ?? '');
  if (node === undefined) return;
  if (answer.kind === 'key') draft.quietSteps = 0;
  const move = node.type.on?.(node.fields, draft.memory, answer, runOf(flow, draft, at));
  if (move !== undefined) moveOn(flow, draft, move, at);
  else if (answer.kind === 'key') draft.typed = (draft.typed + answer.key).slice(0, BOUNDS.typed);
}

/** Goes from node to node until one waits or the flow is over. */
function moveOn(flow: Flow, draft: Draft, first: Move<unknown>, at: number): void {
  let move: Move<unknown> | undefined = first;
  while (move !== undefined) move = makeMove(flow, draft, move, at);
}

function makeMove(flow: Flow, draft: Draft, move: Move<unknown>, at: number): Move<unknown> | undefined {
  switch (move.kind) {
    case 'wait':
      draft.memory = move.memory;
      if (move.typed !== undefined) draft.typed = move.typed.slice(0, BOUNDS.typed);
      if (draft.flows >= BOUNDS.flows && move.asks?.some(({ kind }) => kind === 'enter') === true) return sayGoodbye(flow, draft, at, 'flows');
      // Time that ran for what was asked before does not run for what is asked now.
      if (move.asks !== undefined) draft.awaits = without(draft.awaits, 'timer');
      for (const ask of move.asks ?? []) askFor(draft, ask);
      return undefined;
    case 'end':
      leave(draft);
      end(draft, move.outcome);
      return undefined;
    case 'fail':
      return way(flow, draft, move.why, at);
    case 'go': {
      const tooLong = set(draft, move.set ?? {});
      if (tooLong) return { kind: 'fail', why: 'tooLong' };
      if (move.typed !== undefined) draft.typed = move.typed.slice(0, BOUNDS.typed);
      return enter(flow, draft, move.to, at);
    }
    default:
      return move satisfies never;
  }
}

function enter(flow: Flow, draft: Draft, id: string, at: number): Move<unknown> | undefined {
  leave(draft);
  draft.steps += 1;
  draft.quietSteps += 1;
  const node = flow.nodes.get(id);
  if (node === undefined || draft.steps > BOUNDS.steps || draft.quietSteps > BOUNDS.quietSteps) return sayGoodbye(flow, draft, at, 'steps');
  draft.node = id;
  draft.memory = undefined;
  return node.type.enter(node.fields, runOf(flow, draft, at));
}

/** The way out of a failure: the node's own, else the flow's, as long as that is not taken again and again. */
function way(flow: Flow, draft: Draft, why: string, at: number): Move<unknown> | undefined {
  draft.error = why;
  const own = errorOf(flow.nodes.get(draft.node ?? ''));
  if (own !== undefined) return { kind: 'go', to: own };
  draft.errors += 1;
  return flow.onError === undefined || draft.errors > BOUNDS.errors ? sayGoodbye(flow, draft, at, why) : { kind: 'go', to: flow.onError };
}

const errorOf = (node: FlowNode | undefined): string | undefined => node?.edges.find(({ field }) => field === 'error')?.to;

/** Ends what goes on for the node that is left. */
function leave(draft: Draft): void {
  if (draft.awaits.speak !== undefined) draft.actions.push({ kind: 'hush' });
  if (draft.awaits.record !== undefined) draft.actions.push({ kind: 'stopRecord' });
  draft.awaits = {};
}

function askFor(draft: Draft, ask: Ask): void {
  if (ask.kind === 'hush' || ask.kind === 'stopRecord') {
    if (draft.awaits[ask.kind === 'hush' ? 'speak' : 'record'] === undefined) return;
    // How a recording ends that is stopped matters; what is not spoken any more does not.
    if (ask.kind === 'hush') draft.awaits = without(draft.awaits, 'speak');
    draft.actions.push(ask);
    return;
  }
  draft.lastId += 1;
  draft.awaits = { ...draft.awaits, [ask.kind]: draft.lastId };
  draft.actions.push({ ...ask, id: draft.lastId });
}

function sayGoodbye(flow: Flow, draft: Draft, at: number, why: string): undefined {
  if (draft.stage === 'goodbye') {
    hangUp(draft);
    return;
  }
  leave(draft);
  draft.error = why;
  if (draft.facts.waits) {
    end(draft, { kind: 'done' });
    return;
  }
  const pieces = runOf(flow, draft, at).pieces(flow.apology);
  Object.assign(draft, { stage: 'goodbye', node: undefined, memory: undefined, endsAt: at + BOUNDS.goodbyeMs });
  askFor(draft, { kind: 'speak', pieces });
  askFor(draft, { kind: 'timer', ms: BOUNDS.goodbyeMs });
}

function hangUp(draft: Draft): void {
  leave(draft);
  end(draft, { kind: 'hangUp' });
}

/** What the flow has made of the call data goes along with the call. */
function end(draft: Draft, outcome: FlowOutcome): void {
  const data = draft.variables['data'] ?? '';
  draft.actions.push({ kind: 'outcome', outcome: data === draft.facts.data ? outcome : { ...outcome, data } });
  over(draft);
}

function over(draft: Draft): void {
  leave(draft);
  Object.assign(draft, { stage: 'over', node: undefined, memory: undefined, awaits: {}, typed: '' });
}

/** Tells whether a value is too long to be kept. */
function set(draft: Draft, values: Readonly<Record<string, string>>): boolean {
  const entries = Object.entries(values);
  if (entries.length === 0) return false;
  if (entries.some(([, value]) => value.length > LIMITS.value)) return true;
  draft.variables = { ...draft.variables, ...values };
  return false;
}

function runOf(flow: Flow, draft: Draft, at: number): Run {
  const { facts, variables, typed, error } = draft;
  const given = (name: string): Value => {
    switch (name) {
      case 'caller':
      case 'called':
      case 'call':
      case 'callerVerified':
        return facts[name];
      case 'error':
        return error;
      case 'holiday':
        return isAmong(flow.holidays, momentIn(facts.zone, at).date);
      case 'date':
      case 'time':
      case 'weekday':
        return momentIn(facts.zone, at)[name];
      default:
        return '';
    }
  };
  const value = (name: string): Value => (isGiven(name) && name !== 'data' ? given(name) : (Object.hasOwn(variables, name) ? variables[name] ?? '' : ''));
  const text = (name: string): string => textOf(value(name));
  return {
    value, text, typed, manner: flow.manner,
    pieces: (prompt) => renderPrompt(prompt, text, flow.manner),
    render: (template, encode) => render(template, text, encode),
    hasQueue: (queue) => facts.queues.includes(queue),
  };
}
