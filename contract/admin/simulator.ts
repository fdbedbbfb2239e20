import { operation } from '../operation.ts';
import { integer, object, optional, text, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const dialled = '^[0-9*#]{1,32}$';

export const simulateCall = operation({
  id: 'simulateCall', family: admin, tag: 'Simulator',
  method: 'POST', path: `${ADMIN}/simulator/calls`, auth: 'session', permission: 'tenant.write',
  summary: 'Let a simulated customer call in',
  description: 'For trying things out while calls are simulated: the customer dials one of the tenant\'s access codes, waits, talks with whoever answers, and hangs '
    + 'up. Phones of agents answer by themselves. Absent where real telephony is connected.',
  request: {
    body: object({
      to: word('Number to dial: an access code of the tenant, with an extension code behind it if there is one.', { max: 32, pattern: dialled }),
      from: optional(word('Number of the customer; 13800000001 unless told.', { max: 32, pattern: dialled })),
      talkSeconds: optional(integer('For how long to talk; 60 unless told.', { min: 1, max: 3600 })),
      patienceSeconds: optional(integer('For how long to wait for a person; 120 unless told.', { min: 1, max: 3600 })),
    }),
  },
  result: object({ leg: text('Name of the customer\'s leg at the simulator.') }),
  errors: [errors.notFound],
  examples: [{ request: { to: '12345', from: '13800000001', talkSeconds: 30 }, response: { leg: 'in-1790000000000-1' } }],
});
