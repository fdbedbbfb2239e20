import { operation } from '../operation.ts';
import { integer, list, nullable, object, oneOf, text, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';
import { session, sessionExample } from './session.ts';

/* The demo tenant, for whoever has the link that the start prints: a page in which one can be each of its people without knowing a password. */

const token = word('The token of the link; it is another one after each start.', { max: 200 });

export const showDemo = operation({
  id: 'showDemo', family: admin, tag: 'Demo',
  method: 'POST', path: `${ADMIN}/demo`, auth: 'none',
  summary: 'Show who and what there is in the demo tenant',
  description: 'With the token of the link that Parley prints when it has a demo tenant.',
  request: { body: object({ token }) },
  result: object({
    people: list(object({
      account: text('Name of the account.'),
      name: text('Name of the person.'),
      role: oneOf(['agent', 'supervisor', 'administrator'], 'What the person may do.'),
      workNo: nullable(integer('The work number of an agent; null for those who are none.')),
    }), 'Those whom one can be.', { max: 100 }),
    customer: nullable(object({
      widgetKey: text('Key of the page from which a customer calls.'),
      numbers: list(object({ code: text('The number.'), name: text('Whom one reaches there.') }), 'The numbers that the page may call.', { max: 100 }),
    }, 'What a customer needs to call from a web page; null where calls are only simulated.')),
  }),
  errors: [errors.unauthenticated, errors.forbidden, errors.tooMany],
  examples: [{
    request: { token: 'kYx0Zm9yIHRoZSBkZW1vIG9ubHk' },
    response: {
      people: [{ account: 'alice.demo', name: 'Alice', role: 'agent', workNo: 101 }],
      customer: { widgetKey: 'wk-1f0e', numbers: [{ code: '1000', name: 'Sales' }] },
    },
  }],
});

export const enterDemo = operation({
  id: 'enterDemo', family: admin, tag: 'Demo',
  method: 'POST', path: `${ADMIN}/demo/session`, auth: 'none',
  summary: 'Be one of the people of the demo tenant',
  description: 'A session as signing in gives one.',
  request: { body: object({ token, account: word('Whom one wants to be.', { max: 128 }) }) },
  result: session,
  errors: [errors.unauthenticated, errors.forbidden, errors.notFound, errors.tooMany],
  examples: [{ request: { token: 'kYx0Zm9yIHRoZSBkZW1vIG9ubHk', account: 'ann.admin' }, response: sessionExample }],
});
