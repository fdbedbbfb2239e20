import { listCalls, showCall } from '@parley/contract/admin/call.ts';
import { errors } from '@parley/contract/admin/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Input } from '@parley/contract/operation.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { canonicalCallId } from '@parley/core/call/call-id.ts';
import type { Call } from '@parley/core/call/call.ts';
import { INBOUND_TYPES, INTERNAL_TYPES, OUTBOUND_TYPES } from '@parley/core/records/call-type.ts';
import { pageOf, type Page } from '../../database/page.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Projector } from '../../engine/projector.ts';
import type { Viewer, ViewerOf } from '../console/index.ts';
import type { ExplainCall } from '../explain/index.ts';
import { callsNotedAs, notedAs, notesOf, type Note } from '../outcome/index.ts';
import { findCallRecord, searchCalls, segmentsOfCall } from '../records/index.ts';
import { searchRecordings } from '../recording/index.ts';
import type { HeardBy } from './hearing.ts';
import type { Names, NamesOf } from './names.ts';
import { readPlace, spanFault, writePlace, type Place } from './place.ts';
import { directionOf, presentEnded, presentLive, presentRecording, presentSegment, presentVisit, type Direction, type ShownCall } from './present.ts';

export interface CallDependencies {
  readonly db: Database;
  readonly engine: Pick<Engine, 'view'>;
  readonly clock: () => number;
  readonly viewerOf: ViewerOf;
  readonly namesOf: NamesOf;
  readonly heardBy: HeardBy;
  readonly explainCall: ExplainCall;
  readonly records: Pick<Projector, 'settled'>;
  readonly recordings: Pick<Projector, 'settled'>;
}

const LIMIT = 50;
const MOST_RECORDINGS = 200;

/** Assistance and quality checks go among agents too. */
const TYPES: Readonly<Record<Direction, readonly number[]>> = { in: INBOUND_TYPES, out: OUTBOUND_TYPES, internal: [...INTERNAL_TYPES, 15, 16, 20, 53] };

type Filters = Omit<Input<typeof listCalls>, 'before' | 'limit'>;
type Asked = { readonly [Name in keyof Filters]: Filters[Name] | undefined };
type Item = Place & { readonly shown: ShownCall };

const wasWith = ({ visits }: Call, agent: number, queue?: number): boolean =>
  visits.some(({ device, no, queue: from }) => (device === 'agent' || device === 'agentQueue') && no === String(agent) && (queue === undefined || from === queue));

function isAskedFor(call: Call, { number, workNo, queueId, direction, missed = false, from = 0, to = Number.POSITIVE_INFINITY }: Asked, noted: ReadonlySet<string> | undefined): boolean {
  if (noted?.has(call.id) === false || missed || call.beganAt < from || call.beganAt >= to) return false;
  if (number !== undefined && call.caller !== number && call.called !== number) return false;
  if (direction !== undefined && directionOf(call.feature) !== direction) return false;
  if (workNo !== undefined) return wasWith(call, workNo, queueId);
  return queueId === undefined || call.visits.some(({ device, no }) => device === 'queue' && no === String(queueId));
}

const presentNote = ({ code, name, remark, agent, at }: Note, names: Names) => ({ code, name, remark, workNo: agent, agentName: names.agent(agent), at });

const newestFirst = (one: Place, other: Place): number => other.at - one.at || (one.id < other.id ? 1 : -1);

/** Calls, and each by itself. */
export function callHandlers({ db, engine, clock, viewerOf, namesOf, heardBy, explainCall, records, recordings }: CallDependencies): readonly Handler[] {
  /** The calls that go on and have the outcome; undefined where none is asked for. */
  const notedLive = async (vdnId: number, code: string | undefined): Promise<ReadonlySet<string> | undefined> =>
    code === undefined ? undefined : callsNotedAs(db, vdnId, code, await engine.view(vdnId, ({ calls }) => [...calls.keys()]));

  const listLive = async (vdnId: number, asked: Asked, behind: Place | undefined, limit: number, names: Names): Promise<readonly Item[]> => {
    const noted = await notedLive(vdnId, asked.outcome);
    return engine.view(vdnId, (centre) => {
      const now = clock();
      return [...centre.calls.values()].filter((call) => isAskedFor(call, asked, noted)).map((call) => ({ at: call.beganAt, id: call.id, call })).toSorted(newestFirst)
        .filter((place) => behind === undefined || newestFirst(behind, place) < 0).slice(0, limit).map(({ call, ...place }) => ({ ...place, shown: presentLive(call, now, names) }));
    });
  };

  const listEnded = async (vdnId: number, { number, workNo: agent, queueId: queue, direction, outcome, missed, from, to }: Asked, behind: Place | undefined, limit: number, names: Names): Promise<readonly Item[]> => {
    await records.settled(vdnId);
    const types = missed === true ? TYPES.in.filter((type) => direction === undefined || TYPES[direction].includes(type)) : direction === undefined ? undefined : TYPES[direction];
    if (types?.length === 0) return [];
    const also = outcome === undefined ? undefined : notedAs(vdnId, outcome);
    const found = await searchCalls(db, vdnId, { number, agent, queue, from, to, missed, types, also }, behind && { at: behind.at, call: behind.id }, limit);
    return found.map(({ at, record }) => ({ at, id: record.call, shown: presentEnded(record, names) }));
  };

  /** A call that goes on. */
  const showLive = ({ vdnId, own }: Viewer, id: string, names: Names) => engine.view(vdnId, ({ calls }) => {
    const call = calls.get(id);
    if (call === undefined || (own !== undefined && !wasWith(call, own))) return undefined;
    return { call: presentLive(call, clock(), names), about: call.about ?? null, segments: call.visits.map((visit) => presentVisit(visit, names)) };
  });

  const showEnded = async ({ vdnId, own }: Viewer, id: string, names: Names) => {
    await records.settled(vdnId);
    const [record, segments] = await Promise.all([findCallRecord(db, vdnId, id), segmentsOfCall(db, vdnId, id)]);
    if (record === undefined || (own !== undefined && !segments.some(({ agent }) => agent === own))) return undefined;
    const shown = segments.map((segment) => presentSegment(segment, names)).toSorted((one, other) => one.enteredAt - other.enteredAt);
    return { call: presentEnded(record, names), about: record.about, segments: shown };
  };

  const recordingsOf = async (viewer: Viewer, call: string, names: Names) => {
    const agents = await heardBy(viewer);
    if (isRefusal(agents)) return [];
    await recordings.settled(viewer.vdnId);
    return (await searchRecordings(db, viewer.vdnId, { call, agents }, undefined, MOST_RECORDINGS)).map((row) => presentRecording(row, names));
  };

  /** Puts to calls what their agents have noted. */
  const notedIn = async (vdnId: number, calls: readonly string[], names: Names) => {
    const notes = await notesOf(db, vdnId, calls);
    return (call: ShownCall) => ({ ...call, outcomes: (notes.get(call.callId) ?? []).map((note) => presentNote(note, names)) });
  };

  return [
    handle(listCalls, async ({ before, limit = LIMIT, ...asked }, context) => {
      const viewer = await viewerOf(context);
      if (isRefusal(viewer)) return viewer;
      const behind = readPlace(before);
      if (isRefusal(behind)) return behind;
      const fault = spanFault(asked.from, asked.to);
      if (fault !== undefined) return fault;
      const { vdnId, own } = viewer;
      if (own !== undefined && asked.workNo !== undefined && asked.workNo !== own) return { calls: [] };
      const names = await namesOf(vdnId);
      const list = asked.state === 'live' ? listLive : listEnded;
      const { items, next }: Page<Item, Place> = await pageOf(limit, (most) => list(vdnId, { ...asked, workNo: asked.workNo ?? own }, behind, most, names), ({ at, id }) => ({ at, id }));
      const noted = await notedIn(vdnId, items.map((item) => item.id), names);
      return { calls: items.map(({ shown }) => noted(shown)), ...(next === undefined ? {} : { next: writePlace(next) }) };
    }),

    handle(showCall, async ({ callId }, context) => {
      const viewer = await viewerOf(context);
      if (isRefusal(viewer)) return viewer;
      const { vdnId, own } = viewer;
      const id = canonicalCallId(callId);
      const names = await namesOf(vdnId);
      // Looked for first among those that go on: what is over by then is found behind.
      const found = await showLive(viewer, id, names) ?? await showEnded(viewer, id, names);
      if (found === undefined) return refuse(errors.notFound, { what: 'call', id: callId }) satisfies Refusal;
      const [explanation = null, recorded] = await Promise.all([own === undefined ? explainCall(vdnId, id) : undefined, recordingsOf(viewer, id, names)]);
      const noted = await notedIn(vdnId, [id], names);
      return { ...found, call: noted(found.call), explanation, recordings: recorded };
    }),
  ];
}
