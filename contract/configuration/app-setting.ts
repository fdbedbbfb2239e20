import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { list, longId, nothing, object, oneOf, optional, text, word } from '../schema.ts';
import { configuration, returnDesc } from './family.ts';

export const appSettingErrors = catalogue({
  appSettingExists: { status: 200, code: '1', text: 'User {userId} has settings already; update them instead.' },
  appSettingUnknown: { status: 200, code: '1', text: 'There are no settings of user {userId}.' },
  appSettingMismatch: { status: 200, code: '1', text: 'The settings {id} are not those of user {userId}.' },
});

const BASE = '/apiaccess/CC-Management/v1/openapp/agentsettings';

/** 6.4.1: up to five numbers of up to 15 characters; the example repeats one, so repeats are fine. */
const number = (description: string) => text(description, { max: 15 });
const numbers = (description: string) => list(number('A number.'), description, { max: 5 });

const userId = word('Id of the app\'s user.', { max: 100 });
const id = longId('Id of the settings.');

const fields = {
  callType: optional(oneOf(['0', '1', '2'], '0 direct call, 1 two-way call, 2 pass-through call.')),
  callerPresent: optional(numbers('Numbers that a called party may be shown.')),
  callNumber: optional(numbers('Softphone numbers of the agent.')),
  callNumberDefault: optional(number('The softphone number used unless told otherwise.')),
  callerPresentDefault: optional(number('The number shown unless told otherwise.')),
};

export const appSettingsCreate = operation({
  id: 'appSettingsCreate', family: configuration, section: '6.4.1', tag: 'App settings',
  method: 'POST', path: `${BASE}/create`, auth: 'C1', envelope: returnDesc,
  summary: 'Create the app settings of a user',
  done: 'The AgentSettings created successfully.',
  request: { body: object({ userId, ...fields }) },
  result: object({ id: optional(id) }),
  errors: [appSettingErrors.appSettingExists],
  examples: [{
    request: {
      callType: '1', userId: '1660270845627002401', callerPresent: ['12323', '232232', '12323', '12323'],
      callNumber: ['12323', '232343', '233', '232343'], callNumberDefault: '23232323', callerPresentDefault: '1212121212',
    },
    response: { returnCode: '0', returnDesc: 'The AgentSettings created successfully.', id: '1307145259662215169' },
  }],
});

export const appSettingsUpdate = operation({
  id: 'appSettingsUpdate', family: configuration, section: '6.4.2', tag: 'App settings',
  method: 'POST', path: `${BASE}/update`, auth: 'C1', envelope: returnDesc,
  summary: 'Change the app settings of a user',
  description: 'What is left out stays as it is.',
  done: 'update success.',
  request: { body: object({ id, userId, ...fields }) },
  result: object({ id: optional(id) }),
  errors: [appSettingErrors.appSettingUnknown, appSettingErrors.appSettingMismatch],
  examples: [{
    request: {
      id: '1307145259662215169', callType: '1', userId: '1660270845627002401', callerPresent: ['12323'],
      callNumber: ['12323', '232343', '233', '239343'], callNumberDefault: '23232323', callerPresentDefault: '1212121212',
    },
    response: { returnCode: '0', returnDesc: 'update success.', id: '1307145259662215169' },
  }],
});

export const appSettingsQuery = operation({
  id: 'appSettingsQuery', family: configuration, section: '6.4.3', tag: 'App settings',
  method: 'POST', path: `${BASE}/query`, auth: 'C1', envelope: returnDesc,
  summary: 'Get the app settings of a user',
  done: 'query success',
  request: { body: object({ userId }) },
  result: object({
    id: optional(id), userId: optional(userId), ...fields,
    agentName: optional(text('The agent\'s account, where the user is one.')),
  }),
  errors: [appSettingErrors.appSettingUnknown],
  examples: [{
    request: { userId: '1660270845627002401' },
    response: {
      returnCode: '0', callNumber: ['12323', '232343', '233', '239343'], callerPresent: ['12323'], callNumberDefault: '23232323', agentName: 'y111',
      id: '1307145259662215169', userId: '1660270845627002401', callerPresentDefault: '1212121212', returnDesc: 'query success', callType: '1',
    },
  }],
});

export const appSettingsDelete = operation({
  id: 'appSettingsDelete', family: configuration, section: '6.4.4', tag: 'App settings',
  method: 'POST', path: `${BASE}/delete`, auth: 'C1', envelope: returnDesc,
  summary: 'Delete the app settings of a user',
  done: 'The AgentSettings delete successfully.',
  request: { body: object({ userId }) },
  result: nothing,
  errors: [appSettingErrors.appSettingUnknown],
  examples: [{ request: { userId: '1660270845627002401' }, response: { returnCode: '0', returnDesc: 'The AgentSettings delete successfully.' } }],
});
