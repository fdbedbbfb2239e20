import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readStanding, type Remembered } from './anchor.ts';
import { createCallNames } from './call-names.ts';
import type { Commands, PartySeen } from './commands.ts';
import { createStandings } from './standings.ts';

const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\na=rtcp-mux\r\na=sendrecv\r\n';
const remembered = (changes: Partial<Record<keyof Remembered, unknown>> = {}): string =>
  JSON.stringify({ turn: 1, carrier: 'rtp', wrapping: { protocol: 'RTP/AVP', isOpportunistic: false, rtcpMux: true }, sdp: SDP, isBothWays: true, ...changes });

const place = (port: number): { readonly address: string; readonly port: number } => ({ address: '127.0.0.2', port });
const party = (tag: string, label: string | undefined, local = 1000, remote = 2000, packets = 5): PartySeen => ({ tag, label, rtcpMux: true, streams: [{ local: place(local), remote: place(remote), packets }] });

describe('what rtpengine remembers of a leg', () => {
  it('is that of the last negotiation, whoever has it', () => {
    const read = readStanding([party('far', remembered({ turn: 3, carrier: 'webrtc' })), party('in', remembered({ turn: 2 }), 1000, 2000)]);
    assert.deepEqual([read?.remembered.carrier, read?.entrance, read?.ledTo, read?.packets], ['webrtc', { ...place(1000), rtcpMux: true }, { ...place(2000), rtcpMux: true }, 5]);
    assert.equal(readStanding([party('far', remembered({ turn: 3 })), party('in', remembered({ turn: 4, isBothWays: false }))])?.remembered.isBothWays, false);
  });

  const useless: readonly (string | undefined)[] = [
    undefined, '', 'x', 'null', '1', '[]', '{}', remembered({ turn: '1' }), remembered({ carrier: 'pigeon' }), remembered({ wrapping: null }), remembered({ wrapping: { protocol: 'TCP', isOpportunistic: false, rtcpMux: true } }),
    remembered({ wrapping: { protocol: 'RTP/AVP' } }), remembered({ sdp: 'x' }), remembered({ isBothWays: 1 }),
  ];
  for (const label of useless) it(`is nothing in ${(label ?? 'no label').slice(0, 70)}`, () => { assert.equal(readStanding([party('far', undefined), party('in', label)]), undefined); });

  it('is nothing without an inside', () => {
    assert.equal(readStanding([party('far', remembered())]), undefined);
    assert.equal(readStanding([{ tag: 'in', label: remembered(), rtcpMux: true, streams: [] }]), undefined);
  });
});

describe('names of calls', () => {
  const names = createCallNames('parley');
  it('say which leg they are', () => {
    for (const leg of ['in-1', 'a/b', '1/2', '']) assert.deepEqual(names.read(names.of(leg, 3)), { leg, turn: 3 });
  });
  for (const other of ['', 'parley', 'parley/', 'parley/x', 'parley/x/y', 'other/1/x', 'parley2/1/x', 'parley/-1/x', names.proof]) it(`are not ${other || 'empty'}`, () => { assert.equal(names.read(other), undefined); });
});

describe('legs that stand', () => {
  const rig = (calls: Readonly<Record<string, readonly PartySeen[]>>, isNew: (leg: string) => boolean = () => false) => {
    const removed: string[] = [];
    let isThere = true;
    const commands: Pick<Commands, 'list' | 'query' | 'remove'> = {
      list: () => Promise.resolve(isThere ? { ok: true, calls: Object.keys(calls) } : { ok: false, why: 'silent', message: '' }),
      query: (call) => Promise.resolve({ ok: true, parties: calls[call] ?? [] }),
      remove: (call) => {
        removed.push(call);
        return Promise.resolve({ ok: true });
      },
    };
    return { removed, leave: () => { isThere = false; }, comeBack: () => { isThere = true; }, standings: createStandings({ commands, names: createCallNames('p'), isNew }) };
  };
  const leg = (local: number, remote: number): readonly PartySeen[] => [party('far', undefined), party('in', remembered(), local, remote)];

  it('are found with whom they talk to; calls of others are left alone, and such that nobody answered are ended', async () => {
    const { standings, removed } = rig({ 'p/1/a': leg(1000, 2000), 'p/1/b': leg(2000, 1000), 'p/2/c': leg(3000, 1000), 'p/1/half': [party('in', undefined)], 'q/1/x': leg(1, 2), 'p-keys': [] });
    assert.equal(await standings.look(), true);
    assert.deepEqual(standings.legs().toSorted((one, other) => (one.leg < other.leg ? -1 : 1)), [{ leg: 'a', carrier: 'rtp', talksWith: 'b' }, { leg: 'b', carrier: 'rtp', talksWith: 'a' }, { leg: 'c', carrier: 'rtp' }]);
    assert.deepEqual(removed, ['p/1/half']);
    assert.equal(standings.take('c')?.turn, 2);
    assert.equal(standings.take('c'), undefined);
  });

  it('have the last of their far ends', async () => {
    for (const order of [['p/1/a', 'p/2/a'], ['p/2/a', 'p/1/a']]) {
      const { standings, removed } = rig(Object.fromEntries(order.map((call) => [call, leg(1, 2)])));
      await standings.look();
      assert.deepEqual([standings.take('a')?.turn, removed], [2, ['p/1/a']]);
    }
  });

  it('are looked for until that has worked once', async () => {
    const { standings, leave, comeBack } = rig({ 'p/1/a': leg(1, 2), 'p/1/new': leg(1, 2) }, (name) => name === 'new');
    leave();
    assert.equal(await standings.look(), false);
    comeBack();
    assert.equal(await standings.look(), true);
    assert.deepEqual(standings.legs().map(({ leg: name }) => name), ['a']);
    standings.take('a');
    await standings.look();
    assert.deepEqual(standings.legs(), []);
  });
});
