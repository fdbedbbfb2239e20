import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ANSWER, OFFER, rig, tagIn } from './call.fixture.ts';
import type { CallEvent, SipCall } from './call.ts';
import type { SipRequest } from '../message/message.ts';

const STATUS = fc.constantFrom(100, 180, 183, 200, 202, 302, 401, 408, 422, 481, 486, 487, 491, 500, 503, 603);
const METHOD = fc.constantFrom('INVITE', 'INVITE', 'UPDATE', 'BYE', 'INFO', 'REFER', 'PRACK', 'OPTIONS', 'NOTIFY', 'ACK', 'CANCEL');
const SOME_SDP = fc.constantFrom(undefined, OFFER, ANSWER, 'v=1\r\nnonsense');

/** What either end may do, in any order. */
const STEP = fc.oneof(
  fc.record({ kind: fc.constant('invite' as const), sdp: SOME_SDP, reliable: fc.boolean() }),
  fc.record({ kind: fc.constant('request' as const), method: METHOD, sdp: SOME_SDP, known: fc.boolean(), rseq: fc.nat(3) }),
  fc.record({ kind: fc.constant('respond' as const), status: STATUS, tag: fc.constantFrom('theirs', 'theirs', 'other', ''), sdp: SOME_SDP, rseq: fc.nat(3), which: fc.nat(5) }),
  fc.record({ kind: fc.constant('ours' as const), act: fc.constantFrom('call', 'callBlank', 'ring', 'ringSdp', 'answer', 'reject', 'hangUp', 'offer', 'info'), which: fc.nat(3) }),
  fc.record({ kind: fc.constant('decide' as const), isAccepted: fc.boolean() }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(0, 100, 1000, 12_000, 70_000) }),
);

describe('whatever two ends do to one another', () => {
  it('breaks nothing and leaves nothing behind, and each call ends once', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom('nothing', 'in', 'out'), fc.array(STEP, { minLength: 5, maxLength: 40, size: 'max' }), async (start, steps) => {
      const given = rig({ sessionTimer: { expires: 200, minSE: 90 } });
      const calls: SipCall[] = [];
      const open: CallEvent[] = [];
      const ends = new Map<SipCall, number>();
      const requests: SipRequest[] = [];
      let cseq = 10;
      let ourTag = 'none';
      const hold = (call: SipCall): void => {
        calls.push(call);
        call.listen((event) => {
          if (ends.has(call)) throw new Error(`${event.kind} was told after the end`);
          if (event.kind === 'ended') ends.set(call, 1);
          else open.push(event);
        });
      };
      given.agent.onInvite(hold);
      const look = (): void => {
        for (const message of given.sent()) {
          if (message.kind === 'request') requests.push(message);
          else ourTag = tagIn(message, 'To');
        }
      };
      // Most of it can only happen in a call.
      if (start === 'in') {
        given.request('INVITE', { sdp: OFFER, headers: { Allow: 'UPDATE' } });
        calls[0]?.answer(ANSWER);
        look();
        given.request('ACK', { toTag: ourTag });
      } else if (start === 'out') {
        hold(given.agent.invite({ channel: given.channel, uri: 'sip:a@192.0.2.2', from: 'sip:b@example.com', sdp: OFFER }));
        look();
        for (const request of requests) given.respond(request, 200, { sdp: ANSWER });
      }
      for (const step of steps) {
        const call = step.kind === 'ours' ? calls[step.which] : undefined;
        if (step.kind === 'invite') {
          given.request('INVITE', { callId: `call-${cseq += 1}`, ...(step.sdp === undefined ? {} : { sdp: step.sdp }), headers: step.reliable ? { Require: '100rel' } : {} });
        } else if (step.kind === 'request') {
          const theirs = requests.at(-1);
          given.request(step.method, {
            ...(step.known && theirs !== undefined ? { callId: theirs.headers.get('Call-ID') ?? '', toTag: tagIn(theirs, 'From') } : { callId: calls.at(-1)?.callId ?? 'x', toTag: ourTag }),
            cseq: cseq += 1, ...(step.sdp === undefined ? {} : { sdp: step.sdp }), headers: { 'RAck': `${step.rseq} ${cseq} INVITE`, 'Refer-To': '<sip:x@y>' },
          });
        } else if (step.kind === 'respond') {
          const request = requests.at(-1 - step.which);
          if (request !== undefined && request.method !== 'ACK') {
            given.respond(request, step.status, {
              tag: step.tag, ...(step.sdp === undefined ? {} : { sdp: step.sdp }),
              headers: { 'RSeq': String(step.rseq + 1), 'Min-SE': '300', 'WWW-Authenticate': 'Digest realm="r", nonce="n"', ...(step.rseq > 1 ? { Require: '100rel' } : {}) },
            });
          }
        } else if (step.kind === 'decide') {
          const event = open.findLast(({ kind }) => kind === 'offered' || kind === 'referred');
          if (event?.kind === 'offered') {
            if (step.isAccepted) event.accept(ANSWER);
            else event.refuse(488);
          } else if (event?.kind === 'referred') {
            if (step.isAccepted) event.accept()(200);
            else event.refuse(603);
          }
        } else if (step.kind === 'pass') await given.pass(step.ms);
        else if (step.act === 'call' || step.act === 'callBlank') {
          hold(given.agent.invite({
            channel: given.channel, uri: 'sip:a@192.0.2.2', from: 'sip:b@example.com', credentials: { user: 'u', password: 'p' }, ...(step.act === 'call' ? { sdp: OFFER } : {}),
          }));
        } else if (step.act === 'ring') call?.ring();
        else if (step.act === 'ringSdp') call?.ring(ANSWER);
        else if (step.act === 'answer') call?.answer(ANSWER);
        else if (step.act === 'reject') call?.reject(486);
        else if (step.act === 'hangUp') call?.hangUp({ q850: 16 });
        else if (step.act === 'offer') void call?.offer(OFFER);
        else void call?.info('application/dtmf', '1');
        await given.pass();
        look();
      }
      const stopped = given.agent.stop();
      await given.pass(200_000);
      await stopped;
      await given.isQuiet();
      for (const call of calls) if (call.state() !== 'ended' || !ends.has(call)) throw new Error('a call has not ended');
    }), { numRuns: 100 });
  });
});
