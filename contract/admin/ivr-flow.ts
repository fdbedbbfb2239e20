import { Type } from 'typebox';
import { FLOW_TYPE, flowTypes } from '../configuration/ivr-flow.ts';
import { operation } from '../operation.ts';
import { flag, integer, integerOf, list, longId, nothing, object, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const FLOWS = `${ADMIN}/ivr-flows`;

const accessCode = word('Code at which the flow is reached: digits, unique in the tenant.', { max: 24, pattern: '^[0-9]+$' });
const description = text('What the flow is for.', { max: 200 });
const fileName = text('File that the flow was made from; empty when there is none.', { max: 255 });
const flowType = integerOf(flowTypes, FLOW_TYPE);
const loaded = flag('False takes the flow out of service.');
const maxCalls = integer('How many calls it takes at a time; 0 for no limit.', { min: 0 });
const definition = Type.Unsafe<object>({
  type: 'object', additionalProperties: true,
  description: 'What callers meet in the flow: nodes by id, the first of which is `start` (docs/ivr-flows.md). Up to 256 KiB and 32 levels; empty where there is '
    + 'none, and callers are then turned away.',
});
const version = integer('Version of the definition, which each change raises; 0 where there was none yet.', { min: 0 });

const shown = {
  id: integer('Id by which called routes and skill queues lead to it.'),
  longId: longId('Long id, as the satisfaction survey shows it (5.4.2).'),
  accessCode, description, fileName, flowType, loaded, maxCalls, version,
};
const flow = object({ ...shown, definition }, 'An IVR flow.');

const versioned = object({
  id: integer('Id of the flow.'),
  version,
  definition,
  versions: list(object({ version, createdAt: timestamp('When it was given.') }), 'The versions that are kept, newest first: fifty at most.'),
}, 'A definition in one of its versions.');

const fault = object({
  node: optional(text('Id of the node; absent where it is about the flow itself.')),
  field: text('The field, such as `next` or `cases[0].when`.'),
  message: text('What is wrong with it.'),
});

const path = object({ id: integer('Id of the flow.', { min: 1 }) });

const settings = {
  id: 3, longId: '1239554736420597767', accessCode: '6001', description: 'Survey', fileName: 'survey.json', flowType: 0, loaded: true, maxCalls: 0, version: 1,
};
const DEFINITION = {
  start: 'ask',
  language: 'en_US',
  nodes: {
    ask: { type: 'menu', prompt: 'How satisfied are you? Press a key from 1 to 5.', choices: { 1: 'thanks', 2: 'thanks', 3: 'thanks', 4: 'thanks', 5: 'thanks' }, otherwise: 'thanks' },
    thanks: { type: 'hangUp', prompt: 'Thank you. Goodbye.' },
  },
};
const example = { ...settings, definition: DEFINITION };

export const listIvrFlows = operation({
  id: 'listIvrFlows', family: admin, tag: 'IVR flows',
  method: 'GET', path: FLOWS, auth: 'session', permission: 'tenant.read',
  summary: 'List the IVR flows',
  request: {},
  result: object({ flows: list(object(shown), 'The flows, by id, without their definitions.') }),
  examples: [{ response: { flows: [settings] } }],
});

export const showIvrFlow = operation({
  id: 'showIvrFlow', family: admin, tag: 'IVR flows',
  method: 'GET', path: `${FLOWS}/{id}`, auth: 'session', permission: 'tenant.read',
  summary: 'Show an IVR flow with its definition',
  request: { path },
  result: flow,
  errors: [errors.notFound],
  examples: [{ request: { id: 3 }, response: example }],
});

export const createIvrFlow = operation({
  id: 'createIvrFlow', family: admin, tag: 'IVR flows',
  method: 'POST', path: FLOWS, auth: 'session', permission: 'tenant.write',
  summary: 'Create an IVR flow',
  description: 'The id is allotted. A tenant may have up to a thousand flows. A definition that could not be run is refused, with the node and the field.',
  request: {
    body: object({
      accessCode, description: optional(description), fileName: optional(fileName), flowType: optional(flowType), loaded: optional(loaded),
      maxCalls: optional(maxCalls), definition: optional(definition),
    }),
  },
  result: flow,
  errors: [errors.exists, errors.conflict],
  examples: [{
    request: { accessCode: '6001', description: 'Survey', fileName: 'survey.json', definition: example.definition },
    response: example,
  }],
});

export const changeIvrFlow = operation({
  id: 'changeIvrFlow', family: admin, tag: 'IVR flows',
  method: 'PATCH', path: `${FLOWS}/{id}`, auth: 'session', permission: 'tenant.write',
  summary: 'Change an IVR flow',
  description: 'What is left out stays as it is; the definition is replaced as a whole, for callers who come later.',
  request: {
    path,
    body: object({
      accessCode: optional(accessCode), description: optional(description), fileName: optional(fileName), flowType: optional(flowType),
      loaded: optional(loaded), maxCalls: optional(maxCalls), definition: optional(definition),
    }),
  },
  result: flow,
  errors: [errors.notFound, errors.exists],
  examples: [{ request: { id: 3, description: 'Survey' }, response: example }],
});

export const deleteIvrFlow = operation({
  id: 'deleteIvrFlow', family: admin, tag: 'IVR flows',
  method: 'DELETE', path: `${FLOWS}/{id}`, auth: 'session', permission: 'tenant.write',
  summary: 'Delete an IVR flow',
  description: 'Refused while a called route, a skill queue, another flow or the satisfaction survey leads to it.',
  request: { path },
  result: nothing,
  errors: [errors.notFound, errors.inUse],
  examples: [{ request: { id: 3 }, response: {} }],
});

export const showIvrFlowDefinition = operation({
  id: 'showIvrFlowDefinition', family: admin, tag: 'IVR flows',
  method: 'GET', path: `${FLOWS}/{id}/definition`, auth: 'session', permission: 'tenant.read',
  summary: 'Show the definition of an IVR flow, as it is or as it was',
  request: { path, query: object({ version: optional(integer('An older version; the newest unless told.', { min: 1 })) }) },
  result: versioned,
  errors: [errors.notFound],
  examples: [{
    request: { id: 3, version: 1 },
    response: { id: 3, version: 1, definition: DEFINITION, versions: [{ version: 1, createdAt: 1_806_300_000_000 }] },
  }],
});

export const replaceIvrFlowDefinition = operation({
  id: 'replaceIvrFlowDefinition', family: admin, tag: 'IVR flows',
  method: 'PUT', path: `${FLOWS}/{id}/definition`, auth: 'session', permission: 'tenant.write',
  summary: 'Give an IVR flow a new definition',
  description: 'One that could not be run is refused, with the node and the field. Who is in the flow keeps to the version with which the call entered it. '
    + 'An empty definition takes the flow out of use.',
  request: {
    path,
    body: object({
      definition,
      version: optional(integer('The version that was changed: refused where there is a newer one by now.', { min: 0 })),
    }),
  },
  result: versioned,
  errors: [errors.notFound, errors.conflict],
  examples: [{
    request: { id: 3, definition: DEFINITION, version: 0 },
    response: { id: 3, version: 1, definition: DEFINITION, versions: [{ version: 1, createdAt: 1_806_300_000_000 }] },
  }],
});

export const checkIvrFlowDefinition = operation({
  id: 'checkIvrFlowDefinition', family: admin, tag: 'IVR flows',
  method: 'POST', path: `${ADMIN}/ivr-flow-checks`, auth: 'session', permission: 'tenant.read',
  summary: 'Tell all that is wrong with a definition',
  description: 'Nothing is changed. A definition without faults can be run: every way leads somewhere, and every caller comes to an end.',
  request: { body: object({ definition }) },
  result: object({ faults: list(fault, 'What is wrong, a hundred things at most of each kind; empty where all is well.') }),
  examples: [{
    request: { definition: { start: 'ask', nodes: { ask: { type: 'play', file: '1323606152730207249', next: 'end' } } } },
    response: { faults: [{ node: 'ask', field: 'next', message: 'there is no node end' }] },
  }],
});

export const listIvrNodeTypes = operation({
  id: 'listIvrNodeTypes', family: admin, tag: 'IVR flows',
  method: 'GET', path: `${ADMIN}/ivr-node-types`, auth: 'session', permission: 'tenant.read',
  summary: 'List the kinds of nodes that flows are made of',
  description: 'For designers: each kind with its fields as JSON Schema, in which `x-kind` says what a text means, such as a node, an expression or a spoken text.',
  request: {},
  result: object({
    flow: Type.Unsafe<object>({ type: 'object', additionalProperties: true, description: 'The fields of a flow itself, beside `nodes`, as JSON Schema.' }),
    types: list(object({
      type: text('Its name, as nodes say it in `type`.'),
      summary: text('What it does.'),
      fields: Type.Unsafe<object>({ type: 'object', additionalProperties: true, description: 'Its fields, as JSON Schema.' }),
    }), 'The kinds of nodes.'),
  }),
});
