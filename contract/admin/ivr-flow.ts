import { Type } from 'typebox';
import { FLOW_TYPE, flowTypes } from '../configuration/ivr-flow.ts';
import { operation } from '../operation.ts';
import { flag, integer, integerOf, list, longId, nothing, object, optional, text, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const FLOWS = `${ADMIN}/ivr-flows`;

const accessCode = word('Code at which the flow is reached: digits, unique in the tenant.', { max: 24, pattern: '^[0-9]+$' });
const description = text('What the flow is for.', { max: 200 });
const fileName = text('File that the flow was made from; empty when there is none.', { max: 255 });
const flowType = integerOf(flowTypes, FLOW_TYPE);
const loaded = flag('False takes the flow out of service.');
const maxCalls = integer('How many calls it takes at a time; 0 for no limit.', { min: 0 });
const definition = Type.Unsafe<object>({
  type: 'object', additionalProperties: true, description: 'The flow itself, kept as it is given: a JSON object of up to 256 KiB and 32 levels.',
});

const shown = {
  id: integer('Id by which called routes and skill queues lead to it.'),
  longId: longId('Long id, as the satisfaction survey shows it (5.4.2).'),
  accessCode, description, fileName, flowType, loaded, maxCalls,
};
const flow = object({ ...shown, definition }, 'An IVR flow.');

const path = object({ id: integer('Id of the flow.', { min: 1 }) });

const settings = {
  id: 3, longId: '1239554736420597767', accessCode: '6001', description: 'Survey', fileName: 'survey.json', flowType: 0, loaded: true, maxCalls: 0,
};
const example = { ...settings, definition: { start: 'ask', steps: { ask: { play: 'How satisfied are you?' } } } };

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
  description: 'The id is allotted. A tenant may have up to a thousand flows.',
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
  description: 'What is left out stays as it is; the definition is replaced as a whole.',
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
  description: 'Refused while a called route, a skill queue or the satisfaction survey leads to it.',
  request: { path },
  result: nothing,
  errors: [errors.notFound, errors.inUse],
  examples: [{ request: { id: 3 }, response: {} }],
});
