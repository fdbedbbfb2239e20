import type { Stage } from './stage.ts';

/** One thing that every voice port must do. */
export interface VoiceCase {
  readonly name: string;
  readonly run: (stage: Stage) => Promise<void>;
}
