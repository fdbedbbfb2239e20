import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCsv } from './csv.ts';
import { createRecount, type Figures } from './recount.ts';

const DAY = { from: Date.parse('2026-01-05T00:00:00Z') / 1000, to: Date.parse('2026-01-06T00:00:00Z') / 1000 };

const at = (seconds: number): string => new Date(Date.parse('2026-01-05T09:00:00Z') + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

interface Row {
  readonly device: number;
  readonly no: number;
  readonly wait?: readonly [number, number];
  readonly ack?: readonly [number, number];
  readonly talk?: readonly [number, number];
  readonly leave: number;
  readonly number: number;
  readonly before?: readonly [number, number];
}

/** A line of 13.2.2.1; the phases that were not have no length, at the end. */
function line(call: string, { device, no, wait, ack, talk, leave, number, before }: Row, { firstQueue = 5, type = 0, caller = '13800000001', called = '12345' } = {}): string {
  const end = Math.max(...[wait, ack, talk].flatMap((phase) => phase ?? []));
  const phases = [wait, ack, talk].flatMap((phase) => (phase ?? [end, end]).map(at));
  return [
    'key', 'key', 1, device === 2 ? no : '', call, caller, called, ...phases, device, no, type, number === -1 ? 531 : 0, number, 1, before?.[0] ?? '', before?.[1] ?? '', firstQueue, 5,
    'X', '', '', leave, 5, 0,
  ].join(',');
}

/** In a flow for 20 s, 10 s in a queue, 30 s of ringing that nobody answers, 5 s in the queue, 3 s of ringing, 2 minutes of talk. */
const WORKED = [
  { device: 3, no: 7, talk: [0, 20], leave: 0, number: 1 },
  { device: 1, no: 5, wait: [20, 30], leave: 0, number: 2, before: [3, 7] },
  { device: 2, no: 101, ack: [30, 60], leave: 5, number: 3, before: [1, 5] },
  { device: 1, no: 5, wait: [60, 65], leave: 0, number: 4, before: [2, 101] },
  { device: 2, no: 102, ack: [65, 68], talk: [68, 188], leave: 15, number: -1, before: [1, 5] },
] as const satisfies readonly Row[];

const callsOf = (...lines: readonly string[]): string => lines.map((one) => `${one}\n`).join('');
const some = (figures: Figures, names: readonly string[]): Figures => Object.fromEntries(names.map((name) => [name, String(figures[name])]));

describe('a recount', () => {
  test('reads lines with quotes, commas and line feeds in their fields', () => {
    assert.deepEqual(readCsv('a,"b,""c""",\n"d\ne",f,g\n'), [['a', 'b,"c"', ''], ['d\ne', 'f', 'g']]);
    assert.deepEqual(readCsv(''), []);
    assert.deepEqual(readCsv('a,b'), [['a', 'b']], 'without a line feed at the end');
  });

  test('finds of a call that came to its queue twice what the reference says of it', () => {
    const figures = createRecount({ calls: callsOf(...WORKED.map((row) => line('1-1', row))), operations: '' }).skill(5, DAY);
    const expected = {
      IDX_COUNT_SKILL_REQUEST: '2', IDX_COUNT_SKILL_INCOMING_CALL: '1', IDX_COUNT_SKILL_CONNECTED: '1', IDX_COUNT_SKILL_ABANDON: '1', IDX_COUNT_SKILL_LOST_RING: '1',
      IDX_COUNT_SKILL_SYSTEM_LOST: '1', IDX_COUNT_SKILL_USER_ABANDON: '0', IDX_DURATION_SKILL_ALL_QUEUE: '15', IDX_DURATION_SKILL_ALL_ACK: '33', IDX_DURATION_SKILL_CONNECTED: '120',
      IDX_COUNT_SKILL_CONNECTED_IN_5: '0', IDX_COUNT_SKILL_CONNECTED_IN_10: '1', IDX_RATE_SKILL_CONNECTED: '50.00',
    };
    assert.deepEqual(some(figures, Object.keys(expected)), expected);
  });

  test('does not mind in which order the lines come', () => {
    const lines = WORKED.map((row) => line('1-1', row));
    const [forth, back] = [lines, lines.toReversed()].map((order) => createRecount({ calls: callsOf(...order), operations: '' }));
    assert.deepEqual(forth?.skill(5, DAY), back?.skill(5, DAY));
    assert.deepEqual(forth?.vdn(DAY), back?.vdn(DAY));
    assert.deepEqual(forth?.flow(7, DAY), { ...back?.flow(7, DAY), IDX_COUNT_IVR_TO_AGENT: '1', IDX_COUNT_IVR_INBOUND_FLOWOUT: '1' });
  });

  test('counts what was waited in two queues at once but once', () => {
    const rows: readonly Row[] = [
      { device: 1, no: 5, wait: [0, 40], leave: 48, number: 1 },
      { device: 1, no: 6, wait: [0, 40], leave: 0, number: 2, before: [1, 5] },
      { device: 2, no: 101, talk: [40, 50], leave: 16, number: -1, before: [1, 6] },
    ];
    const figures = createRecount({ calls: callsOf(...rows.map((row) => line('1-1', row))), operations: '' }).skill(5, DAY);
    assert.deepEqual(some(figures, ['IDX_DURATION_SKILL_WAIT_SUCCESS_CONNECTED_QUEUE', 'IDX_DURATION_SKILL_ALL_QUEUE', 'IDX_COUNT_SKILL_REQUEST']), {
      IDX_DURATION_SKILL_WAIT_SUCCESS_CONNECTED_QUEUE: '40', IDX_DURATION_SKILL_ALL_QUEUE: '80', IDX_COUNT_SKILL_REQUEST: '1',
    });
  });

  test('knows how long those calls were talked in that were served, and how long those rang that rang in vain', () => {
    const lost: readonly Row[] = [{ device: 3, no: 7, talk: [0, 70], leave: 0, number: 1 }, { device: 1, no: 5, wait: [70, 74], leave: 15, number: -1, before: [3, 7] }];
    const unanswered: readonly Row[] = [{ device: 2, no: 101, ack: [0, 12], leave: 15, number: -1 }];
    const served = (seconds: number): readonly Row[] => [{ device: 3, no: 7, talk: [0, 2], leave: 0, number: 1 }, { device: 2, no: 101, talk: [2, 2 + seconds], leave: 15, number: -1, before: [3, 7] }];
    const calls = callsOf(...[lost, unanswered, served(10), served(6)].flatMap((rows, index) => rows.map((row) => line(`1-${index}`, row))));
    const recount = createRecount({ calls, operations: '' });
    assert.deepEqual(some(recount.vdn(DAY), ['IDX_COUNT_INBOUND_CALL', 'IDX_COUNT_INBOUND_CONNECTED', 'IDX_DURATION_AVG_CONNECTED']), {
      IDX_COUNT_INBOUND_CALL: '4', IDX_COUNT_INBOUND_CONNECTED: '2', IDX_DURATION_AVG_CONNECTED: '10',
    });
    assert.deepEqual(some(recount.skill(5, DAY), ['IDX_COUNT_SKILL_ABANDON', 'IDX_DURATION_SKILL_AVG_ABANDON_ACK']), { IDX_COUNT_SKILL_ABANDON: '2', IDX_DURATION_SKILL_AVG_ABANDON_ACK: '12' });
  });

  test('tells apart calls that came in by who called and what was called, and leaves those to the outside as they are', () => {
    const row: Row = { device: 2, no: 101, talk: [0, 10], leave: 15, number: -1 };
    const calls = callsOf(line('1-1', row), line('1-2', row, { caller: 'Anonymous' }), line('1-3', row, { caller: '', called: '54321' }), line('1-4', row, { caller: '', type: 7 }));
    const { vdn } = createRecount({ calls, operations: '' });
    for (const [only, expected] of [
      [{}, ['3', '1']], [{ anonymous: true }, ['2', '1']], [{ anonymous: false }, ['1', '1']], [{ called: '12345' }, ['2', '1']], [{ called: '54321', anonymous: false }, ['0', '1']],
    ] as const) assert.deepEqual(Object.values(some(vdn(DAY, only), ['IDX_COUNT_INBOUND_CALL', 'IDX_COUNT_OUTBOUND_CALL'])), expected, JSON.stringify(only));
  });

  test('knows that a call has gone nowhere which waits on in another queue', () => {
    const rows = (waitsOn: boolean): readonly Row[] => [
      { device: 1, no: 5, wait: waitsOn ? [0, 20] : [0, 10], leave: 0, number: waitsOn ? 2 : 1 },
      { device: 1, no: 6, wait: [10, 20], leave: 2, number: waitsOn ? 1 : 2, before: [1, 5] },
      { device: 3, no: 7, talk: [20, 30], leave: 15, number: -1, before: [1, 6] },
    ];
    const timedOut = (waitsOn: boolean): unknown => createRecount({ calls: callsOf(...rows(waitsOn).map((row) => line('1-1', row))), operations: '' }).skill(5, DAY)['IDX_COUNT_SKILL_TIMEOUT_IVR'];
    assert.deepEqual([timedOut(false), timedOut(true)], ['1', '0']);
  });

  test('cuts what agents did where the period ends, and counts it where it ended', () => {
    const operation = (from: number, to: number, type: number, session: number, call = ''): string =>
      [1, 'key', 'key', 101, '', '', call, at(from), at(to), type, -1, 1, '', 1, 1, 4, '80101', call === '' ? '' : 'Incoming', 0, session, ''].join(',');
    const operations = callsOf(
      operation(0, 0, 1, 9), operation(0, 100, 2, 9), operation(100, 700, 3, 9), operation(700, 730, 27, 9, '1-1'), operation(730, 750, 27, 9), operation(900, 900, 0, 9), operation(1000, 1000, 1, 10),
    );
    const recount = createRecount({ calls: '', operations });
    const begin = Date.parse('2026-01-05T09:00:00Z') / 1000;
    const names = ['IDX_COUNT_AGENT_SET_BUSY', 'IDX_DURATION_AGENT_SET_BUSY', 'IDX_DURATION_AGENT_AVG_SET_BUSY', 'IDX_DURATION_AGENT_FREE', 'IDX_COUNT_AGENT_COLLATION_CALL_IN', 'IDX_DURATION_AGENT_ARRANGE', 'IDX_COUNT_AGENT_SIGN_IN', 'IDX_DURATION_AGENT_SIGN_IN'];
    const of = (from: number, to: number): readonly unknown[] => Object.values(some(recount.agent(101, { from: begin + from, to: begin + to }), names));
    assert.deepEqual(of(0, 300), ['0', '200', '0', '100', '0', '0', '1', '300']);
    assert.deepEqual(of(300, 1200), ['1', '400', '600', '0', '1', '20', '1', '800']);
  });
});
