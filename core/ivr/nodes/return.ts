import { end, nodeType } from '../node-type.ts';

export const giveBack = nodeType({
  name: 'return',
  summary: 'Gives the caller back to the agent who waits (6.1.2.11); where nobody does, the call ends.',
  fields: {},
  waits: false,
  enter: () => end({ kind: 'done' }),
});
