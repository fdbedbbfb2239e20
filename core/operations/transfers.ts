import { FEATURE, REASON } from '../call/call.ts';
import type { CallEvent } from '../call/event.ts';
import type { Purpose } from '../call/third.ts';
import { callAt, ownCall, type CallFacts, type Entry } from './books.ts';
import type { Folds } from './fold.ts';
import { OPERATION } from './operation.ts';
import { close, open, tell } from './span.ts';

/** Table 12-702, type 40: among two or among three. */
const HELP: Readonly<Partial<Record<Purpose, number>>> = { consult: 1, help: 2 };

/** Who was passed on blindly comes somewhere: now it shows where. */
function arrives(entry: Entry, facts: CallFacts, call: string, type: 45 | 46 | 54, more: { readonly object?: number; readonly phone?: string } = {}): void {
  const { passing } = facts;
  facts.passing = undefined;
  if (passing === undefined || passing.at !== entry.at) return;
  const desk = entry.books.desks.get(passing.agent);
  if (desk !== undefined) tell(entry, desk, { type, own: callAt(desk, call), ...more });
}

/** The call has another agent, a number outside or a place in a queue by an agent who watched over it (6.1.2.11). */
function tellTransfer(entry: Entry, facts: CallFacts, call: string): void {
  const { third } = facts;
  const desk = third === undefined ? undefined : entry.books.desks.get(third.by);
  if (third === undefined || desk === undefined || !facts.agents.includes(third.by)) return;
  facts.passed = third.by;
  const own = callAt(desk, call);
  if (third.device === 'agent') tell(entry, desk, { type: OPERATION.transferInside, object: Number(third.no), own }, third.from);
  else if (third.device === 'number') tell(entry, desk, { type: OPERATION.transferOut, phone: facts.number ?? '', own }, third.from);
  // A flow tells itself when it is entered.
  else if (third.device !== 'flow') tell(entry, desk, { type: OPERATION.transferElsewhere, own }, third.from);
}

/** An agent has left a call by passing it on. */
export function passOn({ at }: Entry, facts: CallFacts, { agent, why, leave }: Extract<CallEvent, { type: 'AgentLeft' }>): void {
  if (why !== 'transferred' || leave !== REASON.transferred) return;
  if (facts.passed === agent) facts.passed = undefined;
  else facts.passing = { agent, at };
}

export const TRANSFER_FOLDS = {
  CallQueued: (entry, { call, queue, enter }) => {
    const facts = entry.books.calls.get(call);
    if (facts === undefined) return;
    arrives(entry, facts, call, OPERATION.releaseTransfer);
    // Where it waits in several at once, it counts for the first.
    if (enter !== REASON.multiQueue) facts.queue = queue;
  },
  CallAwaits: (entry, { call, agent, how }) => {
    const facts = entry.books.calls.get(call);
    if (facts !== undefined && how === 'transfer') arrives(entry, facts, call, OPERATION.transferInside, { object: agent });
  },
  CallOffered: (entry, { call, agent, how, queue }) => {
    const facts = entry.books.calls.get(call);
    if (facts === undefined) return;
    if (how === 'transfer') arrives(entry, facts, call, OPERATION.transferInside, { object: agent });
    facts.queue = queue ?? facts.queue;
    if (how === 'requested') {
      tell(entry, entry.books.desks.get(agent), { type: OPERATION.requestedCall, own: ownCall(entry.books, call) });
    }
  },
  LegBegan: (entry, { call, agent, conference, direction, personal }) => {
    const facts = call === undefined || agent !== undefined || conference !== undefined ? undefined : entry.books.calls.get(call);
    if (call === undefined || facts === undefined || direction !== 'out') return;
    const phone = personal?.number ?? '';
    if (facts.third?.device === 'number') facts.number = phone;
    else arrives(entry, facts, call, OPERATION.transferOut, { phone });
  },
  FlowEntered: (entry, { call, flow, agent, returnTo }) => {
    const facts = entry.books.calls.get(call);
    const desk = agent === undefined ? undefined : entry.books.desks.get(agent);
    if (facts === undefined) return;
    const service = Number(flow);
    if (Number.isSafeInteger(service)) facts.service ??= service;
    if (desk === undefined) return;
    const own = callAt(desk, call);
    if (returnTo === agent) {
      facts.suspended = agent;
      open(entry, desk, `flow:${call}`, { type: OPERATION.suspended, own });
    } else if (facts.passing?.at === entry.at) arrives(entry, facts, call, OPERATION.releaseTransfer);
    else tell(entry, desk, { type: OPERATION.transferElsewhere, own });
  },
  FlowLeft: (entry, { call, returnTo }) => {
    const facts = entry.books.calls.get(call);
    if (facts?.suspended === undefined) return;
    close(entry, entry.books.desks.get(facts.suspended), `flow:${call}`);
    // The flow has sent it elsewhere, which was told when it was entered.
    if (returnTo === undefined) facts.passed = facts.suspended;
    facts.suspended = undefined;
  },
  ThirdSought: (entry, { call, agent, purpose, to }) => {
    const facts = entry.books.calls.get(call);
    const desk = entry.books.desks.get(agent);
    if (facts === undefined) return;
    facts.third = { by: agent, purpose, device: to.device, no: to.no, from: entry.at, queueBefore: facts.queue };
    facts.number = undefined;
    const cause = HELP[purpose];
    if (desk === undefined || cause === undefined) return;
    const own = callAt(desk, call) ?? { call, feature: FEATURE.consult, about: facts.about, media: facts.media };
    open(entry, desk, `help:${call}`, { type: OPERATION.help, object: to.device === 'agent' ? Number(to.no) : undefined, cause, own });
  },
  ThirdEnded: (entry, { call, agent, purpose, outcome }) => {
    const facts = entry.books.calls.get(call);
    close(entry, entry.books.desks.get(agent), `help:${call}`);
    if (facts === undefined) return;
    const isThrough = outcome === 'done' || outcome === 'left';
    if (isThrough && HELP[purpose] === undefined) tellTransfer(entry, facts, call);
    // A queue in which somebody was sought for a while is not the call's, unless it is theirs from now on.
    if (!isThrough || (purpose !== 'consult' && purpose !== 'afterSuccess')) facts.queue = facts.third?.queueBefore;
    facts.third = undefined;
    facts.number = undefined;
  },
} satisfies Folds<CallEvent>;
