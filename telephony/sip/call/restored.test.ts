import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { succeed } from '../../sdp/succession.ts';
import { writeMessage } from '../message/write-message.ts';
import type { SipRequest } from '../message/message.ts';
import type { Channel } from '../transport/channel.ts';
import { goneChannel } from '../transport/gone.ts';
import { ANSWER, bodyOf, callOut, callUp, events, isRequest, kinds, OFFER, only, rig, told, type Rig } from './call.fixture.ts';
import type { CallEvent, SipCall } from './call.ts';
import type { KeptCall } from './kept.ts';
import type { UserAgentDependencies } from './user-agent.ts';

interface Before {
  readonly rig: Rig;
  readonly call: SipCall;
  readonly tag: string;
  /** As it comes back from where it was kept. */
  readonly kept: () => KeptCall;
}

async function before(direction: 'in' | 'out', headers: Parameters<typeof callUp>[1] = {}, options: Partial<UserAgentDependencies> = {}): Promise<Before> {
  let keep: () => KeptCall | undefined = () => undefined;
  const given = rig({ ...options, stands: (_call, next) => { keep = next; } });
  const { call, tag } = await (direction === 'in' ? callUp : callOut)(given, headers);
  given.sent();
  return {
    rig: given, call, tag,
    kept: () => {
      const kept = keep();
      assert(kept !== undefined);
      return JSON.parse(JSON.stringify(kept)) as KeptCall;
    },
  };
}

interface After {
  readonly rig: Rig;
  readonly call: SipCall;
  readonly told: readonly CallEvent[];
}

function after(kept: KeptCall, options: Partial<UserAgentDependencies> = {}, channel?: Channel): After {
  const next = rig(options);
  const call = next.agent.restore(kept, { channel: channel ?? next.channel });
  return { rig: next, call, told: events(call) };
}

/** A request but for its number, and for what names its transaction. */
function written(request: SipRequest): string {
  const text = new TextDecoder().decode(writeMessage(request));
  return text.split('\r\n').filter((line) => !/^(?:CSeq|Via):/.test(line)).join('\n');
}

const numberOf = ({ headers }: SipRequest): number => Number(headers.get('CSeq')?.split(' ')[0]);

describe('a call that outlives its process', () => {
  it('goes on with the same requests, with higher numbers', async () => {
    const uris = fc.constantFrom('sip:anna@192.0.2.2', 'sip:anna@192.0.2.2:5070;transport=tcp', 'sips:a@carrier.example', 'sip:anna@10.0.0.7;ob');
    const routes = fc.array(fc.constantFrom('<sip:192.0.2.2;lr>', '<sip:proxy.example;lr;x="a,b">', '<sip:strict.example>'), { maxLength: 3 });
    await fc.assert(fc.asyncProperty(
      fc.constantFrom('in' as const, 'out' as const), uris, routes, fc.option(fc.constantFrom('INVITE, ACK, BYE', 'INVITE, UPDATE, BYE, ACK')), fc.array(fc.constantFrom('info', 'INFO', 'UPDATE'), { maxLength: 4 }),
      fc.constantFrom('info', 'offer', 'hangUp'),
      async (direction, uri, routed, allow, happened, next) => {
        const one = await before(direction, { 'Contact': `<${uri}>`, 'Record-Route': routed, ...(allow === null ? {} : { Allow: allow }) });
        let cseq = 2;
        for (const what of happened) {
          if (what === 'info') {
            void one.call.info('application/dtmf', '1');
            await one.rig.pass();
            for (const sent of one.rig.requests()) one.rig.respond(sent, 200);
          } else {
            one.rig.request(what, { toTag: one.tag, cseq, ...(direction === 'out' ? { callId: one.call.callId, fromTag: 'theirs' } : {}) });
            cseq += 1;
          }
          await one.rig.pass();
        }
        one.rig.sent();
        const kept = one.kept();
        const other = after(kept);
        const requests = await Promise.all([one, other].map(async ({ rig: given, call }) => {
          if (next === 'info') void call.info('application/dtmf', '5');
          else if (next === 'offer') void call.offer(succeed(direction === 'in' ? ANSWER : OFFER, OFFER.replace('sendrecv', 'sendonly')));
          else call.hangUp({ q850: 16 });
          await given.pass();
          return given.requests().filter((sent) => !isRequest(sent, 'OPTIONS'));
        }));
        const [[expected] = [], [actual] = []] = requests;
        assert.equal(expected === undefined, actual === undefined);
        if (expected === undefined || actual === undefined) return;
        assert.equal(written(actual), written(expected));
        assert.ok(numberOf(actual) > numberOf(expected));
      },
    ), { numRuns: 60, seed: 4 });
  });

  it('takes what the other end says, and says of descriptions that they follow those before', async () => {
    const { tag, kept } = await before('in');
    const other = after({ ...kept(), sdp: ANSWER });
    assert.equal(other.call.state(), 'up');
    assert.deepEqual([other.call.from.user, other.call.to.user, other.call.direction], ['anna', '100', 'in']);
    other.rig.request('INVITE', { toTag: tag, cseq: 2, sdp: OFFER });
    await other.rig.pass();
    told(other.told, 'offered').accept(ANSWER.replace('o=- 1 1', 'o=x 99 7').replace('sendrecv', 'recvonly'));
    const [ok] = other.rig.sent();
    assert(ok !== undefined);
    assert.equal(bodyOf(ok), ANSWER.replace('o=- 1 1', 'o=- 1 2').replace('sendrecv', 'recvonly'));
    other.rig.request('ACK', { toTag: tag, cseq: 2 });
    other.rig.request('INFO', { toTag: tag, cseq: 3, body: { contentType: 'application/dtmf', content: '5' } });
    other.rig.request('BYE', { toTag: tag, cseq: 4 });
    await other.rig.pass();
    assert.deepEqual(kinds(other.told), ['offered', 'info', 'ended']);
    assert.deepEqual(told(other.told, 'ended').why, { kind: 'hungUp' });
    await other.rig.isQuiet();
  });

  it('asks the other end whether it is still there, and is over where it is not', async () => {
    const { kept } = await before('out', { Allow: 'INVITE, UPDATE' });
    const other = after(kept());
    await other.rig.pass(1_000);
    const asked = only(other.rig.requests());
    assert.deepEqual([asked.method, asked.body.length], ['UPDATE', 0]);
    other.rig.respond(asked, 481);
    await other.rig.pass();
    assert.deepEqual(told(other.told, 'ended').why, { kind: 'lost', why: 'unknown' });
    await other.rig.isQuiet();
  });

  it('says again what was agreed on where the other end does not know UPDATE', async () => {
    const { kept } = await before('in');
    const other = after(kept());
    await other.rig.pass(1_000);
    const asked = only(other.rig.requests());
    assert.deepEqual([asked.method, bodyOf(asked)], ['INVITE', ANSWER]);
    other.rig.respond(asked, 200, { sdp: OFFER });
    await other.rig.pass();
    assert.equal(other.call.state(), 'up');
    other.call.hangUp();
    await other.rig.pass();
    for (const sent of other.rig.requests()) if (sent.method === 'BYE') other.rig.respond(sent, 200);
    await other.rig.isQuiet();
  });

  it('waits for the page whose connection is gone, and speaks to it by the next one', async () => {
    const { kept } = await before('in');
    const way = { ...kept().way, kind: 'WS' } as const;
    const other = after({ ...kept(), way }, {}, goneChannel(way));
    assert.equal(await other.call.info('application/dtmf', '1'), 503);
    assert.equal(other.call.state(), 'up');
    const again = other.rig.openChannel('WS');
    other.call.moveTo(again);
    void other.call.info('application/dtmf', '2');
    await other.rig.pass();
    assert.equal(again.sent.length, 1);
    other.call.hangUp();
    await other.rig.pass(40_000);
    await other.rig.isQuiet();
  });

  it('calls a telephone on again whose connection is gone', async () => {
    const { kept } = await before('in', { Contact: '<sip:anna@192.0.2.2:5062;transport=tcp>' });
    const way = { ...kept().way, kind: 'TCP' } as const;
    const other = after({ ...kept(), way }, {}, goneChannel(way));
    other.call.hangUp();
    await other.rig.pass();
    const bye = only(other.rig.requests());
    assert.deepEqual([bye.method, bye.uri], ['BYE', 'sip:anna@192.0.2.2:5062;transport=tcp']);
    other.rig.respond(bye, 200);
    await other.rig.isQuiet();
  });

  it('counts the time of its session on', async () => {
    const timer = { sessionTimer: { expires: 600, minSE: 90 } };
    const { kept, rig: given } = await before('in', { 'Supported': 'timer', 'Session-Expires': '600;refresher=uac' }, timer);
    await given.pass(200_000);
    const { session } = kept();
    assert.deepEqual(session, { seconds: 600, isOurs: false, agoMs: 200_000 });
    const other = after(kept(), timer);
    await other.rig.pass(5_000);
    // What asks whether it is there was refused for the moment, which says that it is.
    for (const sent of other.rig.requests()) other.rig.respond(sent, 500);
    await other.rig.pass(600_000 - 200_000 - 32_000 - 5_001);
    assert.equal(other.call.state(), 'up');
    await other.rig.pass(1);
    assert.deepEqual(told(other.told, 'ended').why, { kind: 'lost', why: 'session' });
  });

  it('is kept anew when something of it changes', async () => {
    const kept: KeptCall[] = [];
    const given = rig({
      stands: (_call, keep) => {
        const now = keep();
        if (now !== undefined) kept.push(now);
      },
    });
    const { call, tag } = await callUp(given);
    assert.ok(kept.length > 0);
    given.request('UPDATE', { toTag: tag, cseq: 2, headers: { Contact: '<sip:anna@192.0.2.2:5060;moved>' } });
    assert.deepEqual([kept.at(-1)?.target, kept.at(-1)?.remoteSequence], ['sip:anna@192.0.2.2:5060;moved', 2]);
    void call.info('application/dtmf', '1');
    await given.pass();
    given.respond(only(given.requests()), 200);
    await given.pass();
    assert.equal(kept.at(-1)?.localSequence, 1);
    const count = kept.length;
    given.request('BYE', { toTag: tag, cseq: 3 });
    assert.equal(kept.length, count, 'what is over is not kept');
    await given.isQuiet();
  });
});
