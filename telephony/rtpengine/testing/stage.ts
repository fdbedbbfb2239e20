import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createMedia } from '../../media/media.ts';
import type { MediaAnswer, MediaReport, Member } from '../../media/order.ts';
import { until } from '../../webrtc/testing/page.ts';
import type { KeyLog } from '../key-log.ts';
import { createRtpengineMedia, type RtpengineMedia } from '../media.ts';
import { createNg } from '../ng.ts';
import { INSIDE_ADDRESS, type Daemon } from './daemon.ts';
import { createParty, type Party, type PartyOptions } from './party.ts';

export const TONES = [500, 700, 900, 1100, 1300];
export const PATIENCE_MS = 20_000;
const SILENT_MS = 1_500;
let stages = 0;

export const member = ({ leg }: Party, changes: Partial<Member> = {}): Member => ({ leg, to: 'all', hears: true, music: false, ...changes });

export const hears = (party: Party, ...hertz: readonly number[]): Promise<void> =>
  until(() => party.hears(TONES).join() === hertz.toSorted((one, other) => one - other).join(), `${party.leg} hears ${hertz.join()}`, PATIENCE_MS)
    .catch((error: unknown) => { throw new Error(`it hears ${party.hears(TONES).join()}`, { cause: error }); });

export interface StageOptions {
  readonly daemon: Daemon | undefined;
  readonly keyLog: KeyLog | undefined;
  readonly instance?: string;
}

/** Media at a real rtpengine, with far ends around it. */
export interface Stage {
  readonly media: RtpengineMedia;
  readonly reports: readonly MediaReport[];
  readonly faults: readonly string[];
  readonly party: (options: PartyOptions) => Promise<Party>;
  readonly arrange: (...members: readonly Member[]) => Promise<MediaAnswer>;
  readonly instance: string;
  /** Until rtpengine alone passes on so many legs. */
  readonly relays: (legs: number) => Promise<void>;
}

export function stage(t: TestContext, { daemon, keyLog, instance = `test-${stages}` }: StageOptions): Stage {
  assert.ok(daemon !== undefined && keyLog !== undefined);
  stages += 1;
  const from = 47_000 + (process.pid % 20) * 400 + (stages % 20) * 20;
  const faults: string[] = [];
  const reports: MediaReport[] = [];
  const onFault = (message: string): void => { faults.push(message); };
  const media = createRtpengineMedia({
    ng: createNg({ ...daemon, deadlineMs: 500, resendMs: 100 }), keyLog: { ...keyLog, close: () => undefined }, instance, interfaces: daemon.interfaces, silentMs: SILENT_MS, watchMs: 100, onFault,
    builtIn: createMedia({
      threads: 1, onFault,
      settings: { address: INSIDE_ADDRESS, advertised: INSIDE_ADDRESS, ports: { from, to: from + 19 }, codecs: ['PCMA'], music: undefined, silentMs: SILENT_MS },
    }),
  });
  media.subscribe((report) => { reports.push(report); });
  t.after(media.stop);
  return {
    media, reports, faults, instance,
    arrange: (...members) => media.perform({ kind: 'arrange', room: 'room', members }),
    relays: (legs) => until(() => media.relayed() === legs, `${legs} legs are passed on by rtpengine alone`, PATIENCE_MS),
    party: async (options) => {
      const party = await createParty(options);
      t.after(party.close);
      return party;
    },
  };
}

export interface Talk extends Stage {
  readonly caller: Party;
  readonly agent: Party;
}

/** Two who talk, and whom rtpengine alone passes on. */
export async function talk(t: TestContext, options: StageOptions, first: Partial<PartyOptions> = {}): Promise<Talk> {
  const own = stage(t, options);
  const [caller, agent] = [await own.party({ leg: 'caller', hertz: 500, ...first }), await own.party({ leg: 'agent', hertz: 900 })];
  assert.deepEqual(await caller.callIn(own.media), { ok: true });
  assert.deepEqual(await agent.beCalled(own.media, 'caller'), { ok: true });
  assert.deepEqual(await own.arrange(member(caller), member(agent)), { ok: true });
  await own.relays(2);
  await hears(caller, 900);
  await hears(agent, 500);
  return { ...own, caller, agent };
}
