import { operation } from '../operation.ts';
import { flag, integer, list, nothing, nullable, object, oneOf, optional, text, timestamp } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

/* What agents talked and was recorded, for those who may hear it. */

const MOST = 200;
const id = integer('Id of the recording.', { min: 1, max: Number.MAX_SAFE_INTEGER });

export const recording = object({
  id,
  callId: text('The call in which it was recorded.'),
  workNo: integer('The agent whose recording it is.'),
  agentName: text('The name of that agent; empty where there is none any more.'),
  caller: text('Who called.'),
  called: text('Who was called.'),
  direction: oneOf(['in', 'out'], 'Whether the customer has called or was called.'),
  automatic: flag('Whether the tenant had it recorded, and not the agent.'),
  media: oneOf(['voice', 'video'], 'What is in it.'),
  beganAt: timestamp('When it began.'),
  endedAt: timestamp('When it ended.'),
  ms: nullable(integer('How long it is, in milliseconds; null where nobody has told.', { min: 0 })),
  state: oneOf(['stopped', 'end', 'failed', 'lost'], 'How it ended: it was stopped, the talk was over, it could not be written, or the process died meanwhile.'),
});

export const recordingExample = {
  id: 12, callId: '1790000000-7', workNo: 102, agentName: 'Bob Brown', caller: '13800000001', called: '400', direction: 'in', automatic: true, media: 'voice',
  beganAt: 1_790_000_033_000, endedAt: 1_790_000_168_000, ms: 135_000, state: 'end',
} as const;

const WHO = 'Agents hear themselves. Supervisors who are agents also hear those whom they may inspect (12.1, 12.3.4.8), if their role has the permission bit 16 of 6.3.8; '
  + 'other supervisors, and administrators, hear everybody of the tenant.';

export const listRecordings = operation({
  id: 'listRecordings', family: admin, tag: 'Recordings',
  method: 'GET', path: `${ADMIN}/recordings`, auth: 'session', permission: 'tenant.own',
  summary: 'List recordings',
  description: `Those that are over and that the caller may hear, the latest first. ${WHO}`,
  request: {
    query: object({
      callId: optional(text('Only those of this call.', { min: 1, max: 25 })),
      number: optional(text('Only those of calls from this number, or to it.', { min: 1, max: 64 })),
      workNo: optional(integer('Only those of this agent.', { min: 101, max: 59_999 })),
      from: optional(timestamp('Only those that began from this time on.')),
      to: optional(timestamp('Only those that began before this time.')),
      before: optional(text('`next` of the page before.', { max: 60 })),
      limit: optional(integer('How many to answer; 50 unless told.', { min: 1, max: MOST })),
    }),
  },
  result: object({
    recordings: list(recording, 'The recordings.', { max: MOST }),
    next: optional(text('Send it as `before` for the next page; absent on the last.')),
  }),
  errors: [errors.forbidden],
  examples: [{ request: { workNo: 102, limit: 20 }, response: { recordings: [recordingExample], next: '1790000033000~12' } }],
});

const playing = {
  family: admin, tag: 'Recordings', method: 'GET', auth: 'session', permission: 'tenant.own', result: nothing,
  requestHeaders: { Range: 'A part of it (RFC 9110, 14).' },
  errors: [errors.notFound, errors.forbidden, errors.conflict],
} as const;

export const hearRecording = operation({
  ...playing, id: 'hearRecording', path: `${ADMIN}/recordings/{id}/sound`,
  replyMedia: 'audio/wav',
  summary: 'Hear a recording',
  description: `A WAV file, whole or in part, so that players can jump. ${WHO}`,
  request: {
    path: object({ id }),
    query: object({ sides: optional(oneOf(['mixed', 'apart'], 'Both sides on one channel, or the agent on the left and everybody else on the right; on one unless told.')) }),
  },
  examples: [{ request: { id: 12 } }],
});

export const watchRecording = operation({
  ...playing, id: 'watchRecording', path: `${ADMIN}/recordings/{id}/video`,
  replyMedia: 'video/*',
  summary: 'Watch a recording of video',
  description: `A WebM or MP4 file, whole or in part. ${WHO}`,
  request: { path: object({ id }) },
  examples: [{ request: { id: 13 } }],
});
