import { FEATURE } from '../call/call.ts';
import type { CallEvent } from '../call/event.ts';
import type { ConferenceEvent } from '../conference/event.ts';
import { ownCall, type CallFacts, type Desk, type Entry } from './books.ts';
import type { Folds } from './fold.ts';
import { OPERATION } from './operation.ts';
import { amend, close, isOpen, open, tell } from './span.ts';
import { beginTalk, nameTalk } from './states.ts';
import { passOn } from './transfers.ts';

/** Media types of Table 12-695. */
export const VOICE = 5;
export const MULTIMEDIA = 53;

const isWritten = ({ media }: { readonly media?: number | undefined }): boolean => media === MULTIMEDIA;

/** Three parties are two again. */
function endThree(entry: Entry, facts: CallFacts, call: string): void {
  if (facts.three === undefined || (facts.agents.includes(facts.three) && facts.agents.length + facts.customers >= 3)) return;
  close(entry, entry.books.desks.get(facts.three), `three:${call}`);
  facts.three = undefined;
}

type Joined = Extract<CallEvent, { type: 'AgentJoined' }>;

function join(entry: Entry, desk: Desk, facts: CallFacts | undefined, { call, how, held }: Joined): void {
  const own = ownCall(entry.books, call);
  desk.calls.push(own);
  if (isWritten(own)) open(entry, desk, 'text', { type: OPERATION.textTalk, own });
  if (how === 'intercepted') {
    tell(entry, desk, { type: OPERATION.interception, object: desk.tookOver, own });
    desk.tookOver = undefined;
  }
  if (how === 'dialled') {
    if (own.feature === FEATURE.internal) open(entry, desk, `internal:${call}`, { type: OPERATION.internalCall, object: facts?.callee, own });
  } else if (held === true) open(entry, desk, `hold:${call}`, { type: OPERATION.hold, own });
  else {
    beginTalk(entry, desk);
    nameTalk(entry, desk);
  }
}

function leave(entry: Entry, desk: Desk, call: string): void {
  for (const what of ['hold', 'mute', 'flow', 'internal']) close(entry, desk, `${what}:${call}`);
  desk.last = desk.calls.find((own) => own.call === call) ?? desk.last;
  desk.calls = desk.calls.filter((own) => own.call !== call);
  if (!desk.calls.some(isWritten)) close(entry, desk, 'text');
}

export const CALL_FOLDS = {
  CallBegan: ({ books }, { call, medium, feature, about, queue, personal }) => {
    const callee = feature === FEATURE.internal ? Number(personal?.called) : Number.NaN;
    books.calls.set(call, {
      feature, media: medium === 'voice' ? VOICE : MULTIMEDIA, about, callee: Number.isSafeInteger(callee) ? callee : undefined, queue, agents: [], customers: 0,
    });
  },
  AgentJoined: (entry, joined) => {
    const { call, agent, role } = joined;
    const facts = entry.books.calls.get(call);
    const desk = entry.books.desks.get(agent);
    facts?.agents.push(agent);
    const asker = facts?.third === undefined || role !== 'assistant' ? undefined : entry.books.desks.get(facts.third.by);
    // Whoever was sought in a queue has a work number now.
    if (asker !== undefined) amend(asker, `help:${call}`, { object: agent });
    if (desk !== undefined) join(entry, desk, facts, joined);
  },
  AgentLeft: (entry, left) => {
    const { call, agent } = left;
    const facts = entry.books.calls.get(call);
    const desk = entry.books.desks.get(agent);
    if (desk !== undefined) leave(entry, desk, call);
    if (facts === undefined) return;
    facts.agents.splice(facts.agents.indexOf(agent), facts.agents.includes(agent) ? 1 : 0);
    endThree(entry, facts, call);
    passOn(entry, facts, left);
  },
  OfferEnded: ({ books }, { call, agent }) => {
    const desk = books.desks.get(agent);
    if (desk !== undefined) desk.last = ownCall(books, call);
  },
  CustomerJoined: ({ books }, { call }) => {
    const facts = books.calls.get(call);
    if (facts !== undefined) facts.customers += 1;
  },
  CustomerLeft: (entry, { call }) => {
    const facts = entry.books.calls.get(call);
    if (facts === undefined) return;
    facts.customers -= 1;
    endThree(entry, facts, call);
  },
  CallHeld: (entry, { call, agent }) => {
    const desk = entry.books.desks.get(agent);
    if (desk !== undefined) open(entry, desk, `hold:${call}`, { type: OPERATION.hold, own: desk.calls.find((own) => own.call === call) });
  },
  CallRetrieved: (entry, { call, agent }) => {
    const desk = entry.books.desks.get(agent);
    close(entry, desk, `hold:${call}`);
    if (desk === undefined) return;
    const own = desk.calls.find((one) => one.call === call);
    // From the customer to whoever is asked for help or back, while the other one is held (type 57).
    const isSwitch = desk.calls.some((one) => isOpen(desk, `hold:${one.call}`) && (one.about === call || one.call === own?.about));
    if (isSwitch) tell(entry, desk, { type: OPERATION.helpSwitched, own });
  },
  CallMuted: (entry, { call, agent, on }) => {
    const desk = entry.books.desks.get(agent);
    if (!on) close(entry, desk, `mute:${call}`);
    else if (desk !== undefined) open(entry, desk, `mute:${call}`, { type: OPERATION.mute, own: desk.calls.find((own) => own.call === call) });
  },
  ThreePartyBegan: (entry, { call, agent }) => {
    const facts = entry.books.calls.get(call);
    const desk = entry.books.desks.get(agent);
    if (facts === undefined || desk === undefined || facts.three !== undefined) return;
    facts.three = agent;
    open(entry, desk, `three:${call}`, {
      type: OPERATION.threeParty, object: facts.agents.find((other) => other !== agent), own: desk.calls.find((own) => own.call === call),
    });
    endThree(entry, facts, call);
  },
  CallEnded: ({ books }, { call }) => { books.calls.delete(call); },
  ConferenceRequested: ({ books }, { call, agent }) => {
    books.calls.set(call, { feature: FEATURE.conference, media: VOICE, agents: [], customers: 0, chair: agent });
  },
  ConferenceFailed: ({ books }, { call }) => { if (call !== undefined) books.calls.delete(call); },
  ConferenceEnded: ({ books }, { call }) => { books.calls.delete(call); },
  ConferenceChairShifted: ({ books }, { call, to }) => {
    const facts = books.calls.get(call);
    if (facts !== undefined) facts.chair = to;
  },
  ConferenceJoined: (entry, { call, conference, agent }) => {
    const desk = agent === undefined ? undefined : entry.books.desks.get(agent);
    if (desk === undefined) return;
    const own = ownCall(entry.books, call);
    desk.calls.push(own);
    open(entry, desk, `conference:${call}`, { type: OPERATION.conference, object: entry.books.calls.get(call)?.chair, own, phone: String(conference) });
    nameTalk(entry, desk);
  },
  ConferenceLeft: (entry, { call, agent }) => {
    const desk = agent === undefined ? undefined : entry.books.desks.get(agent);
    close(entry, desk, `conference:${call}`);
    if (desk !== undefined) leave(entry, desk, call);
  },
} satisfies Folds<CallEvent | ConferenceEvent>;
