import { CAUSE } from '@parley/core/call/call.ts';
import type { AgentEvents } from '@parley/contract/gateway/events.ts';

/** What came of a call or a transfer, as a code of Table 6-451 with words of our own. */
type Detected = Pick<AgentEvents['OUTBOUND_DETECT_EVENT'], 'detect' | 'desc'>;

const WORDS = {
  531: 'The other side hung up.',
  537: 'The other side is busy.',
  538: 'The number is wrong or cannot be reached.',
  551: 'The call was cut off by a fault.',
  601: 'The other side hung up before the answer.',
  602: 'There is no line or no place left.',
  603: 'Nobody answered.',
  604: 'The call was rejected.',
  606: 'The time for waiting was over.',
  714: 'The call leads nowhere.',
  1041: 'The agent\'s own phone was not answered.',
  1046: 'The agent\'s own phone could not be reached.',
  1048: 'No more calls to the outside are allowed at the moment.',
  1154: 'The agent called it off.',
  20303: 'Nobody is there who could take the call.',
  20922: 'The call failed.',
  23000: 'The skill queue is full.',
} as const;

type Code = keyof typeof WORDS;

/** The table knows several codes for most causes; these are the ones of ordinary calls. */
const CODES: Readonly<Record<number, Code>> = {
  [CAUSE.released]: 1154, [CAUSE.cancelledWaiting]: 1154, [CAUSE.normal]: 531, [CAUSE.gaveUp]: 601, [CAUSE.unanswered]: 603,
  [CAUSE.agentUnanswered]: 603, [CAUSE.rejected]: 604, [CAUSE.agentRejected]: 604, [CAUSE.busy]: 537, [CAUSE.unknownNumber]: 538,
  [CAUSE.timeout]: 606, [CAUSE.noResource]: 602, [CAUSE.queueFull]: 23_000, [CAUSE.noAgent]: 20_303, [CAUSE.noFlow]: 714, [CAUSE.internalError]: 551,
  [CAUSE.tooManyCalls]: 1048, [CAUSE.callsUsedUp]: 1048, [CAUSE.numberBarred]: 538,
};

/** The phone of the agent who dials: an agent who turns the own ring down has called the call off. */
const OWN: Readonly<Record<number, Code>> = { [CAUSE.unanswered]: 1041, [CAUSE.rejected]: 1154, [CAUSE.normal]: 1154 };

const inWords = (detect: Code): Detected => ({ detect, desc: WORDS[detect] });

/** Why somebody was not reached. */
export const detected = (cause: number): Detected => inWords(CODES[cause] ?? 20_922);
/** Why the agent's own phone was not, without which nobody is called. */
export const detectedAtOwnPhone = (cause: number): Detected => inWords(OWN[cause] ?? 1046);
