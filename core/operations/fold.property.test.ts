import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AgentState } from '../agent/agent.ts';
import { countersAt } from '../agent/counters.ts';
import { REASON } from '../call/call.ts';
import { createRig, START, type Rig } from '../centre/centre.fixture.ts';
import { AGENTS, BUSY_CONFIG, chanceOf, HAPPENINGS, OFTEN, SELDOM } from '../centre/commands.fixture.ts';
import { accountOf, type Account } from './books.fixture.ts';
import { OPERATION, type Operation, type OperationType } from './operation.ts';

/** Types of which an agent is in one at a time. */
const STATES: ReadonlySet<number> = new Set([OPERATION.idle, OPERATION.busy, OPERATION.rest, OPERATION.wrapUp, OPERATION.study, OPERATION.talk]);

interface Lasting extends Pick<Operation, 'agent' | 'type' | 'from' | 'to' | 'logonSn' | 'own'> {
  readonly isOpen: boolean;
}

/** What is over, and what goes on until now. */
function lasting(rig: Rig, { rows, books }: Account): readonly Lasting[] {
  const open = [...books().desks.values()].flatMap(({ agent, logonSn, spans }) => spans.map(({ type, from, own }) => ({ agent, logonSn, type, from, to: rig.now(), own, isOpen: true })));
  return [...rows.map((row) => ({ ...row, isOpen: false })), ...open];
}

const sum = (spans: readonly Lasting[], ...types: readonly OperationType[]): number =>
  spans.filter(({ type }) => types.some((one) => one === type)).reduce((total, { from, to }) => total + to - from, 0);

/** What of a session is in no state of the bills: a call that is brought about, and the own phone that is used for something else. */
interface Between {
  readonly session: number;
  readonly aside: number;
  /** The phone goes down after an inspection or a recording: the state is talking yet, and nobody is talked with. */
  readonly tail: number;
}

/** Reckoned from what happened, by nothing of what is tested. */
function betweenOf(rig: Rig, agent: number, signedIn: number): Between {
  let state: AgentState = 'idle';
  let since = signedIn;
  let isAway = false;
  let hasLeft = false;
  let [aside, tail] = [0, 0];
  const spend = (at: number): void => {
    if (['preoccupied', 'occupied', 'ringing', 'dialling'].includes(state) || (state === 'talking' && (isAway || hasLeft))) aside += at - since;
    if (state === 'talking' && hasLeft) tail += at - since;
    since = at;
  };
  for (const { at, event } of rig.happened) {
    if (at < signedIn || !('agent' in event) || event.agent !== agent) continue;
    if (event.type === 'AgentSignedIn') { spend(at); [state, isAway, hasLeft, aside, tail, since] = ['idle', false, false, 0, 0, at]; }
    if (event.type === 'InspectionAsked' || event.type === 'PlaybackAsked') { spend(at); isAway = true; }
    if (event.type === 'InspectionEnded' || event.type === 'PlaybackEnded') { spend(at); isAway = false; hasLeft = true; }
    if (event.type === 'AgentJoined' && event.how === 'intercepted') { spend(at); hasLeft = false; }
    if (event.type === 'AgentMoved') { spend(at); state = event.to; hasLeft = false; }
  }
  spend(rig.now());
  return { session: rig.now() - signedIn, aside, tail };
}

function checkSpans(all: readonly Lasting[]): void {
  const byAgent = Map.groupBy(all, ({ agent }) => agent);
  for (const [agent, own] of byAgent) {
    const states = own.filter(({ type }) => STATES.has(type)).toSorted((one, other) => one.from - other.from || one.to - other.to);
    for (const [index, { from, to }] of states.entries()) {
      assert.ok(from <= to && from >= (states[index - 1]?.to ?? START), `${agent} is in two states at once`);
    }
    const conversations = own.filter(({ type, isOpen }) => !isOpen && (type === OPERATION.talk || type === OPERATION.textTalk));
    for (const { from, to } of conversations) assert.ok(Math.floor(from / 300_000) === Math.floor((to - 1) / 300_000) || from === to, 'a conversation is cut every five minutes');
    const holds = Map.groupBy(own.filter(({ type }) => type === OPERATION.hold).toSorted((one, other) => one.from - other.from), (span) => span.own?.call ?? '');
    for (const [call, spans] of holds) {
      for (const [index, { from }] of spans.entries()) assert.ok(index === 0 || from >= (spans[index - 1]?.to ?? 0), `${agent} holds ${call} twice`);
    }
  }
}

/** The agent gateway's counters of 6.1.3.9 are made by other code, of the same events. */
function checkCounters(rig: Rig, account: Account): void {
  const spans = lasting(rig, account);
  checkSpans(spans);
  for (const agent of rig.centre.agents.values()) {
    const { logonSn } = account.books().desks.get(agent.id) ?? {};
    const own = spans.filter((span) => span.agent === agent.id && span.logonSn === logonSn);
    const counters = countersAt(agent, rig.now());
    const { session, aside, tail } = betweenOf(rig, agent.id, agent.signedInAt);
    const count = (type: OperationType): number => own.filter((span) => span.type === type).length;
    const holding = agent.held.reduce((total, id) => {
      const part = rig.centre.calls.get(id)?.parts.find((one) => one.kind === 'agent' && one.agent === agent.id);
      return total + (part?.kind === 'agent' ? rig.now() - (part.heldSince ?? rig.now()) : 0);
    }, 0);
    assert.deepEqual({
      idle: sum(own, OPERATION.idle), busy: sum(own, OPERATION.busy), rest: sum(own, OPERATION.rest), wrapUp: sum(own, OPERATION.wrapUp),
      talk: sum(own, OPERATION.talk), hold: sum(own, OPERATION.hold), rests: count(OPERATION.rest), helps: count(OPERATION.help), internal: count(OPERATION.internalCall),
      session: [...STATES].reduce((total, type) => total + sum(own, type as OperationType), aside),
    }, {
      idle: counters.idleMs, busy: counters.busyMs, rest: counters.restMs, wrapUp: counters.wrapUpMs,
      talk: counters.talkMs - tail, hold: counters.holdMs + holding, rests: counters.rests, helps: counters.helps, internal: counters.internal,
      session,
    }, `agent ${agent.id}`);
  }
}

/** Who leaves a call by passing it on has a bill of it, and nobody else has; the call that a flow has sent elsewhere was told when it was lent. */
function checkTransfers({ happened }: Rig, { rows }: Account): void {
  const told = rows.filter(({ type }) => [OPERATION.transferInside, OPERATION.transferOut, OPERATION.releaseTransfer, OPERATION.transferElsewhere].some((one) => one === type));
  const passed = happened.filter(({ event }, index) => {
    if (event.type !== 'AgentLeft' || event.leave !== REASON.transferred) return false;
    const before = happened[index - 1]?.event;
    return before?.type !== 'FlowLeft' || before.call !== event.call;
  });
  const listOf = (list: readonly (readonly [number, number, string])[]): readonly string[] => list.map((one) => one.join(' ')).toSorted();
  assert.deepEqual(
    listOf(told.map(({ agent, to, own }) => [agent, to, own?.call ?? ''])),
    listOf(passed.map(({ at, event }) => [event.type === 'AgentLeft' ? event.agent : 0, at, event.type === 'AgentLeft' ? event.call : ''])),
  );
}

const names = Object.keys(HAPPENINGS);
const usual = names.filter((name) => !SELDOM.has(name));
const drawn = fc.array(
  fc.record({ what: fc.constantFrom(...names, ...usual, ...OFTEN, ...OFTEN, ...OFTEN), numbers: fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }) }),
  { minLength: 1, maxLength: 160, size: 'max' },
);

const { PARLEY_RUNS = '150', PARLEY_SEED = '20260105' } = process.env;

test('whatever happens, bills fill each session, no state overlaps another, and they come to what the counters say', { timeout: 600_000 }, () => {
  fc.assert(fc.property(drawn, fc.boolean(), (sequence, persists) => {
    const rig = createRig({ config: BUSY_CONFIG, phonesAnswer: false, legsEnd: false });
    const account = accountOf(rig, { persists });
    for (const agent of AGENTS) rig.signIn(agent, { autoAnswer: agent % 2 === 0, releasePhone: agent > 103 });
    for (const [index, { what, numbers }] of sequence.entries()) {
      const next = HAPPENINGS[what]?.(rig, chanceOf(numbers));
      if (next?.kind === 'pause') rig.wait(next.ms);
      else if (next !== undefined) rig.send(next);
      account.follow();
      if (index % 10 === 0) checkCounters(rig, account);
    }
    checkCounters(rig, account);
    checkTransfers(rig, account);
    for (const { id } of rig.centre.agents.values()) rig.does({ kind: 'signOut', agent: id, force: true });
    account.follow();
    assert.equal(account.books().desks.size, 0, 'nothing goes on at the desk of who has gone');
    assert.deepEqual([...account.books().calls.keys()].toSorted(), [...rig.centre.calls.keys(), ...[...rig.centre.conferences.values()].map(({ call }) => call)].toSorted());
    const sessions = (of: OperationType): readonly number[] => account.rows.filter(({ type }) => type === of).map(({ logonSn }) => logonSn).toSorted((one, other) => one - other);
    assert.deepEqual(sessions(OPERATION.signIn), sessions(OPERATION.signOut));
  }), { numRuns: Number(PARLEY_RUNS), seed: Number(PARLEY_SEED) });
});
