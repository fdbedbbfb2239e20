import { mediaSwitch, videoErrors as errors } from '@parley/contract/gateway/call-video.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import type { Media } from '@parley/core/call/video.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Codes } from '../online-agent/index.ts';
import { carryOut } from './carry-out.ts';

const MEDIA: Readonly<Record<number, Media>> = { 1: 'voice', 3: 'video' };
const VIDEO = 3;

const SWITCH: Codes = {
  noCall: errors.switchNoCall, badMode: errors.switchWrongCall, nothing: errors.switchWrongMedia, noPermission: errors.switchFailed, wrongState: errors.switchFailed,
};

/** 6.1.2.18. */
export function videoHandlers(engine: Pick<Engine, 'send'>): readonly Handler[] {
  return [
    handle(mediaSwitch, async ({ agentid: agent, mediaType = VIDEO }, { vdnId }) => {
      const to = MEDIA[mediaType];
      return to === undefined ? refuse(errors.switchWrongMedia, { media: mediaType }) : carryOut(engine, vdnId, { kind: 'switchMedia', agent, to }, SWITCH, { media: mediaType });
    }),
  ];
}
