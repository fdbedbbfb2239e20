import { operation } from '../operation.ts';
import { integer, list, nullable, object, optional, text, timestamp } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const MOST = 500;

export const listAgentOperations = operation({
  id: 'listAgentOperations', family: admin, tag: 'Agents',
  method: 'GET', path: `${ADMIN}/agents/{workNo}/operations`, auth: 'session', permission: 'tenant.own',
  summary: 'List what an agent did',
  description: 'Sign-ins, states, holds, transfers and the like (12.3.8.12), the latest first; what lasts is told when it is over. The account of an agent sees the operations of that agent.',
  request: {
    path: object({ workNo: integer('Work number of the agent.', { min: 101, max: 59_999 }) }),
    query: object({
      type: optional(integer('Only those of this type of Table 12-702.', { min: 0, max: 255 })),
      from: optional(timestamp('Only those that ended from this time on.')),
      to: optional(timestamp('Only those that ended before this time.')),
      before: optional(text('`next` of the page before.', { max: 60 })),
      limit: optional(integer('How many to answer; 100 unless told.', { min: 1, max: MOST })),
    }),
  },
  result: object({
    operations: list(object({
      id: text('Id of the operation.'),
      type: integer('What it was (Table 12-702).'),
      object: nullable(integer('The work number that the table has for the type; null for none.')),
      cause: nullable(integer('Why (Table 12-702); null for none.')),
      from: timestamp('When it began.'),
      to: timestamp('When it ended; the same where it takes no time.'),
      callId: nullable(text('The call that it is about; null for none.')),
      queueId: nullable(integer('The queue on whose account the agent had the call; null for none.')),
      phone: text('Phone of the agent; of a transfer to the outside the number there, of a conference its id.'),
    }), 'The operations.', { max: MOST }),
    next: optional(text('Send it as `before` for the next page; absent on the last.')),
  }),
  errors: [errors.notFound, errors.forbidden],
  examples: [{
    request: { workNo: 102, limit: 20 },
    response: {
      operations: [{ id: '45648', type: 3, object: null, cause: 201, from: 1_790_000_000_000, to: 1_790_000_060_000, callId: null, queueId: null, phone: '88880002' }], next: '1790000060000~45648',
    },
  }],
});
