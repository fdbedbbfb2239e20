import { describeVoicePort } from '../../testing/voice-port-suite.ts';
import { createRealWorld } from '../../testing/voice-port/real.ts';

/** Most of the time is waiting for sound, so several cases are heard at once. */
const AT_ONCE = 4;

describeVoicePort('SIP and RTP', createRealWorld, AT_ONCE);
