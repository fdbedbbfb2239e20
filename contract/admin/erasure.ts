import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { integer, list, longId, nullable, object, text, timestamp } from '../schema.ts';
import { admin, ADMIN } from './family.ts';

export const listErasures = operation({
  id: 'listErasures', family: admin, tag: 'Data erasure',
  method: 'GET', path: `${ADMIN}/erasures`, auth: 'session', permission: 'tenant.read',
  summary: 'List erasure orders and how far they are',
  request: {},
  result: object({
    erasures: list(object({
      id: longId('Id of the order.'),
      subjects: integer('How many numbers, accounts and addresses it names; their values are erased with the rest.'),
      requestedBy: text('Who asked for it.'),
      requestedAt: timestamp('When.'),
      doneAt: nullable(timestamp('When it was done; null while it is waiting.')),
      counts: Type.Record(Type.String(), Type.Integer(), { description: 'Rows erased or masked, by table.' }),
    }), 'The newest hundred.', { max: 100 }),
  }),
});
