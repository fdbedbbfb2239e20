import type { ImageOutcome } from '@parley/core/image/event.ts';
import { notice } from './notice.ts';
import type { NoticesOf } from './project.ts';

/** 6.5.1.4.1: all files are in one place, of which none is the id. */
const NOWHERE = 65_535;

const RESULTS: Readonly<Record<ImageOutcome, 0 | 1 | 2>> = { taken: 0, failed: 1, refused: 2 };

/** What came of a picture that an agent asked for (6.5.1.9.3). */
export const IMAGE_NOTICES: NoticesOf = {
  ImageCaptured: ({ agent, call: callid, outcome, path }) =>
    [notice(agent, 'AgentEvent_ImageCapture', { callid, result: RESULTS[outcome], filename: outcome === 'taken' ? path : '', locationId: NOWHERE })],
};
