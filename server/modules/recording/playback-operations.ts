import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import {
  recordingErrors as errors, recordNetPlay, recordPlayForward, recordPlayPause, recordPlayResume, recordPlayRewind, recordPlayStart, recordPlayStop,
} from '@parley/contract/gateway/recording.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal, type RefusalKind } from '@parley/contract/refusal.ts';
import type { PlaybackAsked, PlaybackChange } from '@parley/core/playback/play.ts';
import type { Engine } from '../../engine/engine.ts';
import { refusalOf } from '../online-agent/index.ts';
import { placeIn } from './codes.ts';

export interface PlaybackDependencies {
  readonly engine: Pick<Engine, 'send'>;
  /** The call centre that a VDN belongs to. */
  readonly ccIdOf: (vdnId: number) => Promise<number | undefined>;
}

const PLAIN_VOLUME = 50;
const MOST_VOLUME = 100;

const gainOf = (volume: string): number => Math.min(MOST_VOLUME, volume === '' ? PLAIN_VOLUME : Number(volume)) / PLAIN_VOLUME;

/** 13.1.1.1 to 13.1.1.6 and 13.1.1.11. */
export function playbackHandlers({ engine, ccIdOf }: PlaybackDependencies): readonly Handler[] {
  const play = async (vdnId: number, agent: number, asked: PlaybackAsked): Promise<object | Refusal> => {
    const place = placeIn(vdnId, asked.path, gatewayErrors.invalid);
    if (isRefusal(place)) return place;
    const { refused } = await engine.send(vdnId, { kind: 'play', agent, ...asked });
    return refused === undefined ? {} : refusalOf(refused, agent, { noPermission: errors.mayNotHear, wrongState: errors.playState });
  };
  const change = async (vdnId: number, agent: number, what: PlaybackChange, wrongState: RefusalKind): Promise<object | Refusal> => {
    const { refused } = await engine.send(vdnId, { kind: 'changePlayback', agent, change: what });
    return refused === undefined ? {} : refusalOf(refused, agent, { wrongState });
  };

  return [
    handle(recordPlayStart, ({ agentid, voicepath, startpostion = 0, volumechange = '' }, { vdnId }) =>
      play(vdnId, agentid, { path: voicepath, fromMs: startpostion * 1000, repeats: false, gain: gainOf(volumechange) })),
    handle(recordNetPlay, async ({ agentid, fileName, position = 0, playTime = 1, ccId }, { vdnId }) => {
      if (ccId !== await ccIdOf(vdnId)) return refuse(errors.playForeign, { path: fileName });
      return play(vdnId, agentid, { path: fileName, fromMs: position * 1000, repeats: playTime === 0, gain: 1 });
    }),
    handle(recordPlayPause, ({ agentid }, { vdnId }) => change(vdnId, agentid, { what: 'pause' }, errors.pauseState)),
    handle(recordPlayResume, ({ agentid }, { vdnId }) => change(vdnId, agentid, { what: 'resume' }, errors.resumeState)),
    handle(recordPlayForward, ({ agentid, time }, { vdnId }) => change(vdnId, agentid, { what: 'forward', ms: time * 1000 }, errors.forwardState)),
    handle(recordPlayRewind, ({ agentid, time }, { vdnId }) => change(vdnId, agentid, { what: 'rewind', ms: time * 1000 }, errors.rewindState)),
    handle(recordPlayStop, ({ agentid }, { vdnId }) => change(vdnId, agentid, { what: 'stop' }, errors.stopPlayState)),
  ];
}
