import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';
import type { AgentEvent } from '../centre/event.ts';
import { evolve } from '../centre/evolve.ts';
import { AGENT_STATES, ENGAGED, type AgentState } from './agent.ts';
import { REQUESTS, type StateRequest } from './requests.ts';
import { LEADS_TO } from './transitions.ts';

/** What comes of a request: the agent moves, stays, moves later, or is refused; `prolong` moves only where that was said. */
type Outcome = AgentState | 'stays' | 'later' | 'refused' | 'prolong';

/** 6.1.1.9 to 6.1.1.15, one line a request, one column a state: all that there is. */
const COLUMNS: readonly AgentState[] = ['idle', 'preoccupied', 'occupied', 'ringing', 'dialling', 'talking', 'wrapUp', 'busy', 'rest', 'study'];
const LATER = ['later', 'later', 'later', 'later', 'later'] as const;
const NEVER = ['refused', 'refused', 'refused', 'refused', 'refused'] as const;
const TABLE: Readonly<Record<StateRequest, readonly Outcome[]>> = {
  sayFree: ['stays', ...NEVER, 'idle', 'idle', 'refused', 'idle'],
  sayBusy: ['busy', ...LATER, 'busy', 'prolong', 'refused', 'busy'],
  cancelBusy: ['refused', ...NEVER, 'refused', 'idle', 'refused', 'refused'],
  rest: ['rest', ...LATER, 'rest', 'rest', 'prolong', 'rest'],
  cancelRest: ['refused', ...NEVER, 'refused', 'refused', 'idle', 'refused'],
  work: ['wrapUp', ...NEVER, 'refused', 'wrapUp', 'refused', 'refused'],
  cancelWork: ['refused', ...NEVER, 'idle', 'refused', 'refused', 'refused'],
};

const AGENT = 101;
const MINUTE = 60_000;

const BUSY = { kind: 'busy', reason: 201 } as const;
const REST = { kind: 'rest', reason: 3, ms: MINUTE } as const;

/** An agent in a state, which need not come about by commands; with this asked for during the call. */
function agentIn(state: AgentState, pendings: readonly (typeof BUSY | typeof REST)[] = []): Rig {
  const rig = createRig();
  rig.signIn(AGENT);
  const put = (event: AgentEvent): void => { evolve(rig.centre, event, rig.now()); };
  if (state === 'ringing') put({ type: 'AgentMoved', agent: AGENT, to: 'occupied', cause: 'offered' });
  if (state !== 'idle') put({ type: 'AgentMoved', agent: AGENT, to: state, cause: 'request' });
  for (const pending of pendings) put({ type: 'AgentPended', agent: AGENT, pending });
  return rig;
}

const asked = (request: StateRequest, prolong: boolean) =>
  ({ kind: 'askState', agent: AGENT, request, prolong, ...(request === 'rest' ? { reason: 3, ms: MINUTE } : { reason: 201 }) }) as const;

const TAKES_BACK: Readonly<Partial<Record<StateRequest, 'preBusy' | 'preRest'>>> = { cancelBusy: 'preBusy', cancelRest: 'preRest' };

describe('what an agent may ask for itself (6.1.1.9 to 6.1.1.15)', () => {
  test('the table has every state', () => {
    assert.deepEqual([...COLUMNS].toSorted(), [...AGENT_STATES].toSorted());
    for (const line of Object.values(TABLE)) assert.equal(line.length, COLUMNS.length);
  });

  for (const [request, line] of Object.entries(TABLE) as [StateRequest, readonly Outcome[]][]) {
    for (const [column, state] of COLUMNS.entries()) {
      for (const prolong of [false, true]) {
        test(`${request}${prolong ? ' that prolongs' : ''} while ${state} (${REQUESTS[request].section})`, () => {
          const outcome = line[column];
          const rig = agentIn(state);
          const { refused } = rig.send(asked(request, prolong));
          const agent = rig.centre.agents.get(AGENT);
          if (outcome === 'refused' || (outcome === 'prolong' && !prolong)) {
            assert.equal(refused?.refused, 'wrongState');
            assert.equal(agent?.state, state);
            return;
          }
          assert.equal(refused, undefined);
          assert.equal(agent?.state, outcome === 'stays' || outcome === 'later' ? state : outcome === 'prolong' ? REQUESTS[request].to : outcome);
          assert.deepEqual(agent?.pending, outcome === 'later' ? (request === 'rest' ? REST : BUSY) : undefined);
          if (agent?.state === 'rest') assert.equal(agent.until, rig.now() + MINUTE);
        });
      }
    }
  }

  for (const request of Object.keys(TABLE) as StateRequest[]) {
    for (const state of AGENT_STATES.filter((one) => ENGAGED.has(one))) {
      for (const pendings of [[BUSY], [REST], [BUSY, REST]] as const) {
        test(`${request} while ${state} with ${pendings.map(({ kind }) => kind).join(' and ')} asked for`, () => {
          const rig = agentIn(state, pendings);
          const { refused } = rig.send(asked(request, false));
          const agent = rig.centre.agents.get(AGENT);
          const takesBack = TAKES_BACK[request];
          const had = { preBusy: pendings.some(({ kind }) => kind === 'busy'), preRest: pendings.some(({ kind }) => kind === 'rest') };
          const later = request === 'sayBusy' || request === 'rest';
          assert.equal(refused?.refused, later || (takesBack !== undefined && had[takesBack]) ? undefined : 'wrongState');
          assert.equal(agent?.state, state);
          assert.equal(agent?.preBusy !== undefined, request === 'sayBusy' || (had.preBusy && takesBack !== 'preBusy'));
          assert.equal(agent?.preRest !== undefined, request === 'rest' || (had.preRest && takesBack !== 'preRest'));
          assert.equal(agent?.pending, agent?.preRest ?? agent?.preBusy, 'the rest comes first');
        });
      }
    }
  }

  test('needs the right to show busy and idle (6.3.8, bit 1)', () => {
    const rig = createRig({ config: { ...FIRST_CONFIG, roles: [{ id: 2, bits: [5] }] } });
    rig.signIn(AGENT);
    for (const request of ['sayFree', 'sayBusy', 'cancelBusy'] as const) assert.equal(rig.send(asked(request, false)).refused?.refused, 'noPermission');
    rig.does(asked('rest', false));
  });

  test('where the agent says free, whoever waits is given at once', () => {
    const rig = createRig();
    rig.signIn(AGENT, {}, 'busy');
    const call = rig.callIn(1);
    rig.does(asked('sayFree', false));
    assert.equal(rig.centre.agents.get(AGENT)?.call, call);
  });

  test('never leads where a state cannot lead', () => {
    for (const { from, to, prolongs = [] } of Object.values(REQUESTS)) {
      for (const state of [...from, ...prolongs]) assert.ok(LEADS_TO[state].includes(to), `${state} to ${to}`);
    }
  });
});

describe('what comes after a call', () => {
  const afterCallWith = (requests: readonly StateRequest[], autoEnterIdle = true): string | undefined => {
    const rig = createRig();
    rig.signIn(AGENT, { autoEnterIdle });
    rig.callIn(1);
    for (const request of requests) rig.does(asked(request, false));
    rig.does({ kind: 'release', agent: AGENT });
    return rig.centre.agents.get(AGENT)?.state;
  };

  test('the rest, else busy, else idle or wrap-up as the agent chose (6.1.1.17)', () => {
    assert.equal(afterCallWith([]), 'idle');
    assert.equal(afterCallWith([], false), 'wrapUp');
    assert.equal(afterCallWith(['sayBusy'], false), 'busy');
    assert.equal(afterCallWith(['rest']), 'rest');
    assert.equal(afterCallWith(['rest', 'sayBusy']), 'rest');
    assert.equal(afterCallWith(['sayBusy', 'rest']), 'rest');
    assert.equal(afterCallWith(['sayBusy', 'rest', 'cancelRest']), 'busy');
    assert.equal(afterCallWith(['sayBusy', 'rest', 'cancelRest', 'cancelBusy']), 'idle');
  });

  test('what was asked for once does not come after the next call too', () => {
    const rig = createRig();
    rig.signIn(AGENT);
    rig.callIn(1);
    rig.does(asked('sayBusy', false));
    rig.does({ kind: 'release', agent: AGENT });
    rig.does(asked('sayFree', false));
    rig.callIn(1);
    rig.does({ kind: 'release', agent: AGENT });
    assert.equal(rig.centre.agents.get(AGENT)?.state, 'idle');
  });

  test('a wrap-up ends when the queue says so, or before by request; one that was asked for only by request', () => {
    const rig = createRig();
    rig.signIn(AGENT, { autoEnterIdle: false });
    rig.callIn(1);
    rig.does({ kind: 'release', agent: AGENT });
    rig.wait(4999);
    assert.equal(rig.centre.agents.get(AGENT)?.state, 'wrapUp');
    rig.wait(1);
    assert.equal(rig.centre.agents.get(AGENT)?.state, 'idle');
    rig.does(asked('work', false));
    rig.wait(24 * 60 * MINUTE);
    assert.equal(rig.centre.agents.get(AGENT)?.state, 'wrapUp');
    rig.does(asked('cancelWork', false));
    assert.equal(rig.centre.agents.get(AGENT)?.state, 'idle');
  });

  describe('while the phone is being hung up (6.1.1.17)', () => {
    /** In wrap-up, and the phone has not told that it is on hook. */
    const hangingUp = (): Rig => {
      const rig = createRig({ legsEnd: false });
      rig.signIn(AGENT, { releasePhone: true });
      rig.callIn(1);
      rig.does({ kind: 'release', agent: AGENT });
      assert.equal(rig.centre.agents.get(AGENT)?.state, 'wrapUp');
      return rig;
    };

    test('idle is there at once, and the next call waits for the phone', () => {
      const rig = hangingUp();
      rig.does(asked('sayFree', false));
      assert.equal(rig.centre.agents.get(AGENT)?.state, 'idle');
      const call = rig.callIn(1);
      assert.equal(rig.centre.agents.get(AGENT)?.state, 'occupied');
      rig.hangsUp(rig.phone(AGENT));
      assert.equal(rig.centre.agents.get(AGENT)?.state, 'talking');
      assert.equal(rig.centre.agents.get(AGENT)?.call, call);
    });

    test('busy and rest are there when it is on hook', () => {
      for (const request of ['sayBusy', 'rest'] as const) {
        const rig = hangingUp();
        rig.does(asked(request, false));
        assert.equal(rig.centre.agents.get(AGENT)?.state, 'wrapUp');
        rig.hangsUp(rig.phone(AGENT));
        assert.equal(rig.centre.agents.get(AGENT)?.state, REQUESTS[request].to);
      }
    });

    test('a phone that never tells is given up', () => {
      const rig = hangingUp();
      rig.wait(5000);
      assert.equal(rig.centre.agents.get(AGENT)?.state, 'idle');
      assert.equal(rig.centre.agents.get(AGENT)?.leg, undefined);
    });
  });
});
