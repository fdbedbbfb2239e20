import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { cmsHisIndexAgentForDay, cmsHisIndexAgentForMonth, cmsHisIndexSkillForDay, cmsHisIndexSkillForMonth } from '@parley/contract/monitoring/history-range.ts';
import { cmsHisIndexAgent, cmsHisIndexIvr, cmsHisIndexSkill, cmsHisIndexVdn } from '@parley/contract/monitoring/history.ts';
import { createRig, type Rig } from '@parley/core/centre/centre.fixture.ts';
import { AGENTS, BUSY_CONFIG, chanceOf, HAPPENINGS, OFTEN, SELDOM } from '@parley/core/centre/commands.fixture.ts';
import { nextTimer } from '@parley/core/centre/timers.ts';
import { createClock } from '@parley/core/export/clock.ts';
import { csvLine } from '@parley/core/export/csv.ts';
import { callFields, operationFields, type Owner } from '@parley/core/export/rows.ts';
import { AGENT_INDICATORS } from '@parley/core/indicator/agent.ts';
import type { Catalogue } from '@parley/core/indicator/catalogue.ts';
import { FLOW_INDICATORS } from '@parley/core/indicator/flow.ts';
import { SKILL_INDICATORS } from '@parley/core/indicator/skill.ts';
import { VDN_INDICATORS } from '@parley/core/indicator/vdn.ts';
import { OPERATION } from '@parley/core/operations/operation.ts';
import { dateAfter, dateIn, dayBegins, dayOf, monthOf } from '@parley/core/time/zone.ts';
import { createRecount, type Figures, type OfMedia, type Period, type Recount } from '../../../sim/recount/recount.ts';
import { createEventJournal } from '../../engine/event-journal.ts';
import { toRow } from '../../engine/event-row.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { createOperations, operationsGoingOn, pagesOfOperations } from '../agent-operation/index.ts';
import { createRecords, pagesOfRows } from '../records/index.ts';
import { dueOf, workDueOf } from './due.ts';

/* Days of all that can happen in a contact centre, counted by the database and by a program that has seen its bills alone. */

interface Run {
  readonly zone: string;
  readonly begin: number;
  readonly shifts: number;
}

const RUNS: readonly Run[] = [
  // Clocks go forward in the night to the 29th.
  { zone: 'Europe/Berlin', begin: Date.parse('2026-03-27T05:58:11.300Z'), shifts: 10 },
  // Days begin at half past an hour of UTC, and those of UTC at half past five.
  { zone: 'Asia/Kolkata', begin: Date.parse('2026-01-30T16:58:59.700Z'), shifts: 6 },
];
const SEED = Number(process.env['PARLEY_SEED'] ?? 20_260_329);
const QUEUES = [1, 2, 3, 4];
const FLOWS = [7, 8, 9];
const MINUTE = 60_000;
const STEPS = 400;

/** A source of numbers that can be had again. */
function createChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}

const seconds = (at: number): number => Math.floor(at / 1000);

const OTHERS = Object.keys(HAPPENINGS).filter((what) => !SELDOM.has(what));
const RARELY = [...SELDOM].filter((what) => what !== 'removeQueue' && what !== 'removeAgent');

function happen(): void {
  const all = draw() % 8 === 0 ? RARELY : draw() % 3 === 0 ? OTHERS : OFTEN;
  const what = all[draw() % all.length] ?? 'pause';
  const next = HAPPENINGS[what]?.(rig, chanceOf(Array.from({ length: 12 }, draw)));
  if (next === undefined) return;
  if (next.kind === 'pause') rig.wait(next.ms);
  else rig.send(next);
  passOn();
}

/** Bills have whole seconds, so what happens within one cannot be told apart: to a moment in another one, in which no timer is due. */
function passOn(): void {
  do rig.wait(1000 - (rig.now() % 1000) + (draw() % 2900));
  while (seconds(nextTimer(rig.centre.timers)?.at ?? 0) === seconds(rig.now()) || seconds(rig.happened.at(-1)?.at ?? 0) === seconds(rig.now()));
}

/** All calls are over; who is signed in stays so. */
function hangUpAll(): void {
  const { centre } = rig;
  for (let round = 0; round < 100 && centre.legs.size > 0; round += 1) {
    for (const leg of centre.legs.keys()) rig.hangsUp(leg);
    rig.wait(31_700);
  }
  for (const { id, medium } of centre.calls.values()) if (medium === 'chat') rig.send({ kind: 'chatLeaves', call: id });
  rig.wait(90_000);
}

/** Somebody is there from the beginning, and who has gone comes back. */
function attend(): void {
  for (const agent of AGENTS) if (!rig.centre.agents.has(agent)) rig.signIn(agent, { type: 11, autoAnswer: agent % 2 === 0, autoEnterIdle: agent % 3 === 0 });
}

let run: Run;
let server: TestServer;
let tenant: TestTenant;
let rig: Rig;
let draw: () => number;

async function open(next: Run): Promise<void> {
  run = next;
  draw = createChance(SEED);
  server = await startTestServer({ clockStands: true });
  server.advance(run.begin - server.world.clock());
  tenant = await server.tenant(undefined, { timeZone: run.zone });
  rig = createRig({ config: BUSY_CONFIG, phonesAnswer: false, legsEnd: false });
  rig.wait(run.begin - rig.now());
}

/** What has happened since the last time goes into the journal, and from there into the rows. */
function createJournal() {
  const { db } = server.world;
  const journal = createEventJournal(db);
  const told = { engine: { project: () => undefined }, db, onFault: (message: string, details: object) => { throw new Error(`${message} ${JSON.stringify(details)}`); } };
  const projectors = [createRecords({ ...told, onLeft: dueOf }), createOperations({ ...told, onDone: workDueOf })];
  let written = 0;
  return async (): Promise<void> => {
    const { epoch, head } = await journal.take(tenant.vdnId);
    const rows = rig.happened.slice(written).map(({ at, event }) => toRow(event, at, {}));
    written += rows.length;
    assert.equal((await journal.commit([{ vdnId: tenant.vdnId, epoch, before: head, alive: false, rows }])).size, 1);
    for (const projector of projectors) assert.ok(await projector.caughtUp(tenant.vdnId));
    server.advance(rig.now() - server.world.clock());
  };
}

/** The bills as they are downloaded, with the times of idle agents, which are in none. */
async function bills(): Promise<Recount> {
  const { db } = server.world;
  const owner: Owner = { developer: 'd', account: 'a', ccId: 1, vdnId: tenant.vdnId, clock: createClock('UTC') };
  const all = { from: 0, to: 2 ** 50 };
  let [calls, operations] = ['', ''];
  for await (const page of pagesOfRows(db, tenant.vdnId, all)) calls += page.map((row) => csvLine(callFields(owner, row))).join('');
  for await (const page of pagesOfOperations(db, tenant.vdnId, all)) operations += page.map((line) => csvLine(operationFields(owner, line))).join('');
  const idle = await db.selectFrom('agent_operation').select(['agent', 'from_at as from', 'to_at as to']).where('vdn_id', '=', tenant.vdnId).where('type', '=', OPERATION.idle).execute();
  const still = (await operationsGoingOn(db, tenant.vdnId)).filter(({ type }) => type === OPERATION.idle).map(({ agent, from }) => ({ agent, from, to: rig.now() + 60 * MINUTE }));
  for (const { agent, from, to } of [...idle, ...still]) {
    operations += csvLine(operationFields(owner, {
      id: 0, agent, type: OPERATION.idle, object: null, cause: null, from, to, call: null, queue: null, media: null, direction: null, feature: null, phone: '', agentType: 4, logonSn: 0,
      skillInfoSn: null,
    }));
  }
  return createRecount({ calls, operations });
}

interface Kind {
  readonly name: string;
  readonly catalogue: Catalogue;
  readonly objects: readonly number[];
  readonly of: (recount: Recount, object: number, period: Period, media: OfMedia) => Figures;
  readonly ask: (objects: readonly number[], indexIds: readonly string[], more: object) => Promise<readonly { readonly id: string; readonly idxs: readonly { readonly id: string; readonly val: unknown }[] }[]>;
}

const KINDS: readonly Kind[] = [
  {
    name: 'skill', catalogue: SKILL_INDICATORS, objects: QUEUES, of: (recount, queue, period, media) => recount.skill(queue, period, media),
    ask: (skillIds, indexIds, more) => tenant.monitor.ask(cmsHisIndexSkill, { vdn: tenant.vdnId, skillIds: [...skillIds], indexIds: [...indexIds], ...more }),
  },
  {
    name: 'agent', catalogue: AGENT_INDICATORS, objects: AGENTS, of: (recount, agent, period, media) => recount.agent(agent, period, media),
    ask: (agentIds, indexIds, more) => tenant.monitor.ask(cmsHisIndexAgent, { vdn: tenant.vdnId, agentIds: [...agentIds], indexIds: [...indexIds], ...more }),
  },
  {
    name: 'vdn', catalogue: VDN_INDICATORS, objects: [0], of: (recount, _one, period, media) => recount.vdn(period, media),
    ask: (_all, indexIds, more) => tenant.monitor.ask(cmsHisIndexVdn, { vdnIds: [tenant.vdnId], indexIds: [...indexIds], ...more }),
  },
  {
    name: 'flow', catalogue: FLOW_INDICATORS, objects: FLOWS, of: (recount, flow, period, media) => recount.flow(flow, period, media),
    ask: (serviceNos, indexIds, more) => tenant.monitor.ask(cmsHisIndexIvr, { vdn: tenant.vdnId, serviceNos: [...serviceNos], indexIds: [...indexIds], ...more }),
  },
];

/** A period as the recount has it: what is settled goes up to the last five minutes that are over. */
function periodOf(span: { readonly from: number; readonly to: number }, now: number, settled: boolean): Period {
  const until = settled ? Math.min(span.to, Math.floor(now / (5 * MINUTE)) * 5 * MINUTE) : span.to;
  return { from: seconds(span.from), to: Math.max(seconds(span.from), seconds(until)) };
}

/** What the recount says of these codes. */
function expected({ catalogue, of }: Kind, recount: Recount, object: number, codes: readonly string[], span: { readonly from: number; readonly to: number }, now: number, media: OfMedia = {}): Figures {
  const [live, settled] = [false, true].map((isSettled) => of(recount, object, periodOf(span, now, isSettled), media));
  return Object.fromEntries(codes.map((code) => {
    const value = (catalogue.find(code)?.settled === true ? settled : live)?.[code];
    assert.ok(value !== undefined, `the recount does not know ${code}`);
    return [code, value];
  }));
}

const told = (idxs: readonly { readonly id: string; readonly val: unknown }[]): Record<string, unknown> => Object.fromEntries(idxs.map(({ id, val }) => [id, val]));
const codesOf = ({ catalogue }: Kind, grain: 'whole' | 'parts'): readonly string[] =>
  catalogue.all.filter((one) => one.grain === 'either' || one.grain === grain).map(({ code }) => code);

async function compareDay(kind: Kind, recount: Recount, now: number, daysBack: 0 | 1, media: OfMedia): Promise<void> {
  const day = dayOf(run.zone, dateAfter(dateIn(run.zone, now), -daysBack));
  const codes = codesOf(kind, 'whole');
  const answer = await kind.ask(kind.objects, codes, { ...(daysBack === 1 ? { enableOffset: 'Y' } : {}), ...(media.media === undefined ? {} : { mediaType: media.media }) });
  for (const [index, object] of kind.objects.entries()) {
    assert.deepEqual(told(answer[index]?.idxs ?? []), expected(kind, recount, object, codes, day, now, media), `${kind.name} ${object} ${dateIn(run.zone, day.from)} at ${new Date(now).toISOString()}`);
  }
}

async function compareParts(kind: Kind, recount: Recount, now: number, timeGrain: '15MIN' | '60MIN'): Promise<void> {
  const day = dayOf(run.zone, dateIn(run.zone, now));
  const codes = codesOf(kind, 'parts');
  const answer = await kind.ask(kind.objects, codes, { timeGrain });
  const ms = timeGrain === '15MIN' ? 15 * MINUTE : 60 * MINUTE;
  for (const [index, object] of kind.objects.entries()) {
    const figures = told(answer[index]?.idxs ?? []) as Record<string, Record<string, string>>;
    // Of hours of UTC, the first and the last of a day may be halves.
    for (let at = Math.floor(day.from / ms) * ms; at < Math.min(day.to, now); at += ms) {
      const name = `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}.0`;
      const wanted = expected(kind, recount, object, codes, { from: Math.max(at, day.from), to: Math.min(at + ms, day.to) }, now);
      const got = Object.fromEntries(codes.map((code) => [code, figures[code]?.[name] ?? '0']));
      assert.deepEqual(got, wanted, `${kind.name} ${object} ${timeGrain} from ${name} at ${new Date(now).toISOString()}`);
    }
  }
}

for (const next of RUNS) describe(`a recount of the bills in ${next.zone}`, () => {
  before(() => open(next));
  after(() => server.close());

  test('finds what is told of today, of yesterday, of parts of the day and of days together', { timeout: 240_000 }, async () => {
    const keep = createJournal();
    let steps = 0;
    for (let shift = 0; shift < run.shifts; shift += 1) {
      attend();
      for (let step = 0; step < STEPS; step += 1) happen();
      steps += STEPS;
      if (shift % 2 === 1) hangUpAll();
      // Some of what goes on now goes on then: over a day's end, and over the hour that is left out.
      rig.wait((4 + (draw() % 5)) * 60 * MINUTE + (draw() % MINUTE));
      // The bills of a call that goes on are not whole.
      if (shift % 2 === 0) hangUpAll();
      // The clock goes on while all of it is compared, and must not come to the next five minutes.
      if (rig.now() % (5 * MINUTE) > 3 * MINUTE) rig.wait(2 * MINUTE);
      await keep();
      const recount = await bills();
      const now = rig.now();
      for (const kind of KINDS) {
        await compareDay(kind, recount, now, 0, {});
        await compareDay(kind, recount, now, 1, {});
        if (shift % 3 === 0) await compareDay(kind, recount, now, 0, { media: shift % 2 === 0 ? 5 : 53 });
        if (shift % 4 === 1) await compareParts(kind, recount, now, shift % 8 === 1 ? '15MIN' : '60MIN');
      }
    }
    const recount = await bills();
    const now = rig.now();
    // The first day is in the months, and not in the days that are asked for.
    const [first, last] = [dateIn(run.zone, run.begin), dateIn(run.zone, now)];
    assert.ok(steps > 1000 && last > dateAfter(first, 1), `it is ${last} only`);
    const [begin, end] = [dateAfter(first, 1), dateAfter(last, 1)];
    const between = { from: dayBegins(run.zone, begin), to: dayBegins(run.zone, end) };
    const months = [first, last].map((date) => date.slice(0, 7).replace('-', ''));
    const all = { from: monthOf(run.zone, months[0] ?? '').from, to: monthOf(run.zone, months[1] ?? '').to };
    for (const kind of KINDS.slice(0, 2)) {
      const codes = codesOf(kind, 'whole');
      const ofDaysAsked = { beginDayTime: `${begin} 00:00:00`, endDayTime: `${end} 00:00:00` };
      const ofMonthsAsked = { beginMonthTime: String(months[0]), endMonthTime: String(months[1]) };
      const ids = { vdn: tenant.vdnId, indexIds: [...codes] };
      const [ofDays, ofMonths] = kind.name === 'skill'
        ? [await tenant.monitor.ask(cmsHisIndexSkillForDay, { ...ids, skillIds: [...kind.objects], ...ofDaysAsked }), await tenant.monitor.ask(cmsHisIndexSkillForMonth, { ...ids, skillIds: [...kind.objects], ...ofMonthsAsked })]
        : [await tenant.monitor.ask(cmsHisIndexAgentForDay, { ...ids, agentIds: [...kind.objects], ...ofDaysAsked }), await tenant.monitor.ask(cmsHisIndexAgentForMonth, { ...ids, agentIds: [...kind.objects], ...ofMonthsAsked })];
      for (const [index, object] of kind.objects.entries()) {
        assert.deepEqual(told(ofDays[index]?.idxs ?? []), expected(kind, recount, object, codes, between, now), `${kind.name} ${object} of days`);
        assert.deepEqual(told(ofMonths[index]?.idxs ?? []), expected(kind, recount, object, codes, all, now), `${kind.name} ${object} of months`);
      }
    }
    // Nothing would be compared where nothing happens.
    for (const kind of KINDS) {
      const seen = kind.objects.map((object) => expected(kind, recount, object, codesOf(kind, 'whole'), all, now));
      const never = codesOf(kind, 'whole').filter((code) => seen.every((figures) => Number(figures[code]) === 0));
      if (process.env['PARLEY_TEST_LOG'] !== undefined) console.log(kind.name, 'never', never.join(' '));
      assert.ok(never.length < codesOf(kind, 'whole').length / 3, `${kind.name}: ${never.join(' ')}`);
    }
  });
});
