import type { Handler } from '@parley/contract/handler.ts';
import type { Engine } from '../../engine/engine.ts';
import { answerHandlers } from './answer-operations.ts';
import { dialHandlers } from './dial-operations.ts';
import { holdHandlers } from './hold-operations.ts';

export interface VoiceCallDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
}

export function voiceCallHandlers({ engine }: VoiceCallDependencies): readonly Handler[] {
  return [...dialHandlers(engine), ...answerHandlers(engine), ...holdHandlers(engine)];
}
