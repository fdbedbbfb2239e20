import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { Client } from '@parley/contract/client.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { voiceRecordStart, voiceRecordStop } from '@parley/contract/gateway/recording.ts';
import { encodeAlaw } from '../../../telephony/audio/g711.ts';
import { buildWavHeader, stampWavHeader } from '../../../telephony/audio/wav-header.ts';
import type { World } from '../../compose.ts';
import type { VoiceReport } from '../../engine/voice.ts';
import type { Desk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { signing } from '../export/receiver.fixture.ts';
import { createRecorder, type Recorder } from '../recording/recorder.fixture.ts';

/** A recording that is over. */
export interface Made {
  readonly call: string;
  /** As the agent was told. */
  readonly fileName: string;
}

/** A floor on which talks are recorded, and a key that asks for them. */
export interface SharingFloor {
  readonly floor: LiveFloor;
  readonly client: Client;
  readonly recorder: Recorder;
  readonly desk: Desk;
  /** A talk of the desk's that was recorded so many times. */
  readonly recorded: (times?: number, from?: string) => Promise<readonly Made[]>;
  /** One that was recorded once. */
  readonly one: (from?: string) => Promise<Made>;
  /** What a caller said to a flow; answers its file and the name that the file has. */
  readonly said: () => Promise<{ readonly file: string; readonly name: string }>;
  readonly close: () => Promise<void>;
}

/** The name of a recording in the index (13.2.1.4). */
export const indexedName = (fileName: string): string => {
  const [vdn, , day, agent, name = ''] = fileName.replace('Y:/', '').split('/');
  return `/0/1/record/${vdn}/${day}/${agent}/${name.replace('.V3', '.wav')}`;
};

export async function openSharingFloor(world: Partial<World> = {}): Promise<SharingFloor> {
  const recorder = createRecorder();
  let tell: (report: VoiceReport) => void = () => undefined;
  const floor = await openLiveFloor({
    world: { recordings: recorder.folder, ...world },
    between: (voice) => recorder.port({
      ...voice,
      subscribe: (listener) => {
        tell = listener;
        return voice.subscribe(listener);
      },
    }),
  });
  const { client } = await signing(floor.server, floor.tenant);
  const desk = await floor.agent();
  const { engine } = floor.server.parley.gateway;
  const { vdnId } = floor.tenant;
  let files = 0;
  const recorded: SharingFloor['recorded'] = async (times = 1, from) => {
    const call = await floor.callIn(from);
    await desk.until('AgentEvent_Talking');
    const made: Made[] = [];
    for (let time = 1; time <= times; time += 1) {
      // Two within a tenth of a second would have one name.
      floor.server.advance(1000);
      await desk.client.call(voiceRecordStart, { agentid: desk.workNo, mediaType: 5 });
      made.push({ call, fileName: (await desk.until('AgentMediaEvent_Record')).fileName });
      await (time === times ? desk.client.call(releaseCall, { agentid: desk.workNo }) : desk.client.call(voiceRecordStop, { agentid: desk.workNo }));
      await desk.until('AgentMediaEvent_StopRecordDone');
    }
    return made;
  };
  return {
    floor, client, recorder, desk, recorded,
    one: async (from) => {
      const [made] = await recorded(1, from);
      assert.ok(made !== undefined);
      return made;
    },
    said: async () => {
      const party = floor.voice.callIn({ from: '13800000009', to: floor.number });
      await engine.idle();
      const call = await engine.view(vdnId, ({ calls, legs }) => calls.get(legs.get(party.id)?.call ?? '')?.id ?? '');
      assert.notEqual(call, '');
      files += 1;
      const name = `${call}-${files}.wav`;
      const file = `${vdnId}/flows/${name}`;
      tell({ kind: 'flowRecording', vdnId, call, file });
      const samples = encodeAlaw(new Int16Array(800));
      const header = buildWavHeader({ encoding: 'alaw', sampleRate: 8000, channelCount: 1 });
      stampWavHeader(header, samples.length);
      writeFileSync(await recorder.folder.pathToRecord(file), Buffer.concat([header, samples]));
      party.hangUp();
      await engine.idle();
      tell({ kind: 'flowRecorded', vdnId, file, ms: 100, why: 'end' });
      await engine.idle();
      return { file, name };
    },
    close: async () => {
      await floor.server.close();
      recorder.close();
    },
  };
}
