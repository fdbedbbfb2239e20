import { describeVoicePort } from './voice-port-suite.ts';
import { createSimulatedWorld } from './voice-port/simulated.ts';

describeVoicePort('the simulator', createSimulatedWorld);
