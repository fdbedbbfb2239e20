import { operation } from '../operation.ts';
import { flag, integer, integerOf, list, longId, nothing, object, oneOf, optional, text, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const BASE = `${ADMIN}/access-codes`;

const media = integerOf([2, 5, 53], '2 click-to-dial, 5 audio and video, 53 multimedia. Routes of the code follow from it (5.3.2).');
const direction = integerOf([1, 2, 3], '1 inbound calls, 2 outbound calls, 3 both.');
const serviceNumber = text('The public number that the network maps to the code, such as a 400 number; empty for none.', {
  max: 32, pattern: '^[0-9*#+() -]*$',
});
const description = text('What the code is for; empty for none.', { max: 200 });

const accessCode = object({
  id: text('Id of the access code.'),
  code: text('The number that is dialled.'),
  media, direction, serviceNumber, description,
  routes: integer('How many called routes use it.'),
}, 'An access code.');

const calledRoute = object({
  id: text('Long id of the route.'),
  dnid: integer('Short id of the route.'),
  accessCode: text('Its access code.'),
  extCode: text('Its extension code; empty when there is none.'),
  media: integer('Media of its calls.'),
  editable: integer('0 free, 1 may only be deleted, 2 may only be changed, 3 neither.'),
  target: object({
    kind: oneOf(['queue', 'flow'], 'A skill queue or an IVR flow.'),
    id: integer('Id of the skill queue or of the flow.'),
    name: text('Name of the skill queue, or description of the flow.'),
  }, 'Where it leads.'),
}, 'A called route.');

export const listAccessCodes = operation({
  id: 'listAccessCodes', family: admin, tag: 'Numbers',
  method: 'GET', path: BASE, auth: 'session', permission: 'tenant.read',
  summary: 'List access codes and how many routes each has',
  request: {
    query: object({
      limit: optional(integer('How many to answer; 100 unless told.', { min: 1, max: 1000 })),
      offset: optional(integer('How many to pass over.', { min: 0 })),
    }),
  },
  result: object({ total: integer('How many there are in all.'), accessCodes: list(accessCode, 'The access codes, by code.') }),
  examples: [{
    request: { limit: 10, offset: 0 },
    response: {
      total: 1,
      accessCodes: [{ id: '1124167935465633793', code: '9911411', media: 5, direction: 3, serviceNumber: '4008000000', description: 'Hotline', routes: 2 }],
    },
  }],
});

export const createAccessCode = operation({
  id: 'createAccessCode', family: admin, tag: 'Numbers',
  method: 'POST', path: BASE, auth: 'session', permission: 'tenant.write',
  summary: 'Provide an access code',
  description: 'A code belongs to one tenant of the installation. A code that would take calls away from another tenant\'s routes is refused.',
  request: {
    body: object({
      code: word('The number that is dialled: digits, `*`, `#` and `+`.', { max: 32, pattern: '^[0-9*#+]+$' }),
      media,
      direction: optional(direction),
      serviceNumber: optional(serviceNumber),
      description: optional(description),
    }),
  },
  result: accessCode,
  errors: [errors.exists, errors.conflict],
  examples: [{
    request: { code: '9911411', media: 5, direction: 3, serviceNumber: '4008000000', description: 'Hotline' },
    response: { id: '1124167935465633793', code: '9911411', media: 5, direction: 3, serviceNumber: '4008000000', description: 'Hotline', routes: 0 },
  }],
});

export const changeAccessCode = operation({
  id: 'changeAccessCode', family: admin, tag: 'Numbers',
  method: 'PATCH', path: `${BASE}/{id}`, auth: 'session', permission: 'tenant.write',
  summary: 'Change an access code',
  description: 'What is left out stays as it is, an empty text clears. The code itself does not change, and neither do media nor direction '
    + 'in a way that its routes could not follow.',
  request: {
    path: object({ id: longId('Id of the access code.') }),
    body: object({ media: optional(media), direction: optional(direction), serviceNumber: optional(serviceNumber), description: optional(description) }),
  },
  result: accessCode,
  errors: [errors.notFound, errors.inUse, errors.conflict],
  examples: [{
    request: { id: '1124167935465633793', description: 'Night line' },
    response: { id: '1124167935465633793', code: '9911411', media: 5, direction: 3, serviceNumber: '4008000000', description: 'Night line', routes: 2 },
  }],
});

export const deleteAccessCode = operation({
  id: 'deleteAccessCode', family: admin, tag: 'Numbers',
  method: 'DELETE', path: `${BASE}/{id}`, auth: 'session', permission: 'tenant.write',
  summary: 'Give an access code up',
  description: 'Refused while a called route uses it.',
  request: { path: object({ id: longId('Id of the access code.') }) },
  result: nothing,
  errors: [errors.notFound, errors.inUse],
  examples: [{ request: { id: '1124167935465633793' }, response: {} }],
});

export const matchAccessCode = operation({
  id: 'matchAccessCode', family: admin, tag: 'Numbers',
  method: 'GET', path: `${BASE}/match`, auth: 'session', permission: 'tenant.read',
  summary: 'Tell where a call to a number would go, and why',
  description: 'The tenant of the longest access code that begins the number takes the call; of its routes the longest that begins the number, access '
    + 'code and extension code together. Digits behind it are passed over.',
  request: { query: object({ dialled: word('The number as the customer dials it.', { max: 64, pattern: '^[0-9*#+ ]+$' }) }) },
  result: object({
    dialled: text('The number that was looked at.'),
    outcome: oneOf(['route', 'no-route', 'no-access-code', 'other-tenant'], 'What a call would find.'),
    why: text('The same in words.'),
    route: optional(calledRoute),
    ignoredDigits: optional(text('Digits at the end that the route passes over.')),
    considered: list(object({
      route: calledRoute,
      matches: flag('Whether the number begins with its access code and extension code.'),
      why: text('Why it was taken or not.'),
    }), 'The routes whose access code begins the number, longest match first; no more than 100.', { max: 100 }),
  }),
  examples: [{
    request: { dialled: '123451' },
    response: {
      dialled: '123451', outcome: 'route', why: 'Access code 12345 with extension code 1 is the longest match.', ignoredDigits: '',
      route: {
        id: '1127986019188238339', dnid: 2, accessCode: '12345', extCode: '1', media: 5, editable: 0,
        target: { kind: 'queue', id: 1, name: 'Sales' },
      },
      considered: [{
        route: {
          id: '1127986019188238339', dnid: 2, accessCode: '12345', extCode: '1', media: 5, editable: 0,
          target: { kind: 'queue', id: 1, name: 'Sales' },
        },
        matches: true, why: 'the longest match',
      }],
    },
  }],
});

export const protectCalledRoute = operation({
  id: 'protectCalledRoute', family: admin, tag: 'Numbers',
  method: 'PUT', path: `${ADMIN}/called-routes/{id}/protection`, auth: 'session', permission: 'tenant.write',
  summary: 'Protect a called route from changes, or free it',
  description: 'What modifyCalledRoute (5.3.4) and deleteCalledRoute (5.3.3) may do with it.',
  request: {
    path: object({ id: longId('Long id of the route.') }),
    body: object({ editable: integerOf([0, 1, 2, 3], '0 free, 1 may only be deleted, 2 may only be changed, 3 neither.') }),
  },
  result: calledRoute,
  errors: [errors.notFound],
  examples: [{
    request: { id: '1127986019188238339', editable: 3 },
    response: {
      id: '1127986019188238339', dnid: 2, accessCode: '12345', extCode: '1', media: 5, editable: 3, target: { kind: 'queue', id: 1, name: 'Sales' },
    },
  }],
});
