import type { Agent } from '../agent/agent.ts';
import { askState, stateTimeout } from '../agent/requests.ts';
import { leaveService, signIn, signOut, SIGN_OUT } from '../agent/session.ts';
import { arrive } from '../call/arrive.ts';
import { partOf } from '../call/call.ts';
import { dialOut } from '../call/dial.ts';
import { hold, mute, retrieve } from '../call/hold.ts';
import { dropTimeout, legReported, ringTimeout } from '../call/leg.ts';
import { answer, answerTimeout } from '../call/offer.ts';
import { releaseBy } from '../call/release.ts';
import { waitTimeout } from '../queue/routing.ts';
import type { Command } from './command.ts';
import type { Event } from './event.ts';
import { isRefused, refused, type Refused } from './refused.ts';
import type { Centre } from './state.ts';
import { beginStep, callOf, type Step, type Watch } from './step.ts';

/** What a command led to. A refusal changes nothing: its events are none. */
export interface Decision {
  readonly events: readonly Event[];
  /** What the caller is answered, such as the id of a new call. */
  readonly result: string | undefined;
  readonly refused: Refused | undefined;
}

/** Decides a command on the newest state and puts what happens in force. Deterministic: time is an argument, ids follow from the state. */
export function decide(centre: Centre, command: Command, at: number, watches: readonly Watch[] = []): Decision {
  const step = beginStep(centre, at, watches);
  const outcome = carryOut(step, command);
  if (!isRefused(outcome)) return { events: step.events, result: outcome, refused: undefined };
  if (step.events.length > 0) throw new Error(`${command.kind} was refused (${outcome.refused}) after something had happened`);
  return { events: step.events, result: undefined, refused: outcome };
}

function carryOut(step: Step, command: Command): string | Refused | undefined {
  switch (command.kind) {
    case 'configure':
      step.emit({ type: 'Configured', change: command.change });
      return undefined;
    case 'timer':
      if (step.centre.timers.due.get(command.key) !== command.at) return undefined;
      timer(step, command.key);
      // What happened has cancelled or replaced it; else it would be due for ever.
      if (step.centre.timers.due.get(command.key) === command.at) step.emit({ type: 'TimerPassed', key: command.key });
      return undefined;
    case 'signIn':
      return signIn(step, command);
    case 'arrive':
      return arrive(step, command);
    case 'legReported':
      legReported(step, command.report);
      return undefined;
    default: {
      const agent = step.centre.agents.get(command.agent);
      return agent === undefined ? refused('notSignedIn', String(command.agent)) : byAgent(step, agent, command);
    }
  }
}

type AgentCommand = Extract<Command, { agent: number }>;

function byAgent(step: Step, agent: Agent, command: Exclude<AgentCommand, { kind: 'signIn' }>): string | Refused | undefined {
  switch (command.kind) {
    case 'signOut':
      if (command.force !== true) return leaveService(step, agent);
      signOut(step, agent, command.cause ?? SIGN_OUT.forced);
      return undefined;
    case 'askState':
      return askState(step, agent, command);
    case 'renewGuid':
      step.emit({ type: 'GuidRenewed', agent: agent.id });
      return undefined;
    case 'answer': {
      const call = agent.call === undefined ? undefined : callOf(step, agent.call);
      if (agent.state !== 'ringing' || call?.offer?.ringing !== true) return refused('wrongState', agent.state);
      answer(step, agent.id, call);
      return undefined;
    }
    case 'hold':
      return hold(step, agent);
    case 'retrieve':
      return retrieve(step, agent, command.call);
    case 'mute':
      return mute(step, agent, command.on);
    case 'release': {
      const call = agent.call === undefined ? undefined : callOf(step, agent.call);
      const part = call === undefined ? undefined : partOf(call, agent.id);
      if (call === undefined || part === undefined) return refused('noCall');
      releaseBy(step, call, part);
      return undefined;
    }
    case 'dialOut':
      return dialOut(step, agent, command);
    default:
      return command satisfies never;
  }
}

function timer(step: Step, key: string): void {
  const { agents, calls } = step.centre;
  const [what = '', name = '', more = ''] = key.split(':');
  switch (what) {
    case 'state': {
      const agent = agents.get(Number(name));
      if (agent !== undefined) stateTimeout(step, agent);
      return;
    }
    case 'wait':
      if (calls.has(name)) waitTimeout(step, name, Number(more));
      return;
    case 'answer':
      if (calls.has(name)) answerTimeout(step, name);
      return;
    case 'ring':
      ringTimeout(step, name);
      return;
    case 'drop':
      dropTimeout(step, name);
      return;
    default:
      throw new Error(`there is no timer ${key}`);
  }
}
