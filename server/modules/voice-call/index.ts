import type { Handler } from '@parley/contract/handler.ts';
import type { Engine } from '../../engine/engine.ts';
import { answerHandlers } from './answer-operations.ts';
import { dialHandlers } from './dial-operations.ts';
import { helpHandlers } from './help-operations.ts';
import { holdHandlers } from './hold-operations.ts';
import { keyHandlers } from './key-operations.ts';
import { phoneHandlers, type CanPickUp } from './phone-operations.ts';
import { releaseHandlers } from './release-operations.ts';
import { transferHandlers, type TransferDependencies } from './transfer-operations.ts';
import { videoHandlers } from './video-operations.ts';

export interface VoiceCallDependencies extends TransferDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
  /** Whether a phone of that number answers when it is told to. */
  readonly canPickUp: CanPickUp;
}

/** 6.1.2, but for three-party video (6.1.2.19) and what 6.1.2.26 does. */
export function voiceCallHandlers(deps: VoiceCallDependencies): readonly Handler[] {
  const { engine } = deps;
  return [
    ...dialHandlers(engine), ...answerHandlers(engine), ...phoneHandlers(deps), ...holdHandlers(engine), ...helpHandlers(engine),
    ...transferHandlers(deps), ...keyHandlers(engine), ...releaseHandlers(engine), ...videoHandlers(engine),
  ];
}
