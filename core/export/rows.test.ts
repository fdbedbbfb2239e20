import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClock } from './clock.ts';
import { csvLine } from './csv.ts';
import { callFields, operationFields, recordingFields, type CallRow, type OperationLine, type Owner } from './rows.ts';

const owner: Owner = { developer: 'ak', account: 'space', ccId: 1, vdnId: 7, clock: createClock('UTC') };
const at = (second: number): number => Date.UTC(2026, 10, 21, 10, 0, second);

const call: CallRow = {
  call: '1637742300-27', number: -1, agent: 102, caller: '138', called: '95', waitFrom: at(3), waitTo: at(3), ackFrom: at(0), ackTo: at(3), talkFrom: at(3), talkTo: at(9),
  device: { type: 2, no: '102', name: 'DEVICE_AGENT' }, before: { type: 5, no: '13800000001', name: '13800000001' }, feature: 0, cause: 531, firstQueue: 5, queue: 6, service: null,
  leaveReason: 15, media: 5, subMedia: 0,
};

test('a row of a call has the 29 columns of 13.2.2.1', () => {
  const fields = callFields(owner, call);
  assert.equal(fields.length, 29);
  assert.equal(csvLine(fields), 'ak,space,1,102,1637742300-27,138,95,2026-11-21 10:00:03,2026-11-21 10:00:03,2026-11-21 10:00:00,2026-11-21 10:00:03,2026-11-21 10:00:03,2026-11-21 10:00:09,'
    + '2,102,0,531,-1,7,5,,5,6,DEVICE_AGENT,13800000001,,15,5,0\n');
  const flow = { type: 3, no: '12', name: '90512' };
  const fromFlow = callFields(owner, { ...call, device: flow, before: flow, service: 12 });
  assert.deepEqual([fromFlow[13], fromFlow[14], fromFlow[20], ...fromFlow.slice(23, 26)], [3, '12', '12', '90512', '90512', 12]);
});

test('a recording has the 18 columns of 13.2.2.1', () => {
  const fields = recordingFields(owner, {
    call: 'c-1', agent: 102, caller: '138', called: '95', from: at(1), to: at(2), fileName: '/0/1/record/7/20261121/102/1000010.wav', originalName: 'Y:/7/0/20261121/102/1000010.V3',
    media: 5, feature: 0, firstQueue: 5, queue: null,
  });
  assert.equal(fields.length, 18);
  assert.equal(csvLine(fields), 'ak,space,1,102,c-1,138,95,2026-11-21 10:00:01,2026-11-21 10:00:02,/0/1/record/7/20261121/102/1000010.wav,0,,Y:/7/0/20261121/102/1000010.V3,7,0,5,5,\n');
});

test('what an agent did has the 21 columns of 13.2.2.2', () => {
  const line: OperationLine = {
    id: 9, agent: 102, type: 26, object: null, cause: 3, from: at(1), to: at(2), call: null, queue: null, service: null, media: null, direction: null, feature: null, phone: '7001', agentType: 4,
    logonSn: 77, skillInfoSn: null,
  };
  const fields = operationFields(owner, line);
  assert.equal(fields.length, 21);
  assert.equal(csvLine(fields), '9,ak,space,102,,,,2026-11-21 10:00:01,2026-11-21 10:00:02,26,-1,3,,7,1,4,7001,,0,77,\n');
  assert.equal(operationFields(owner, { ...line, service: 12 })[4], 12);
  const ways = ([['in', 0], ['out', 7], ['out', 43]] as const).map(([direction, feature]) => operationFields(owner, { ...line, direction, feature })[17]);
  assert.deepEqual(ways, ['Incoming', 'Outgoing', 'Outbound']);
});
