import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { integer, integerOf, list, longId, nothing, object, optional, text, word } from '../schema.ts';
import { pageLimit } from './access-code.ts';
import { configuration, returnCode } from './family.ts';

export const calledRouteErrors = catalogue({
  routeUnknown: { status: 200, code: '1', text: 'There is no called route {id}.' },
  routeCodeUnknown: { status: 200, code: '1', text: 'There is no access code {accessCode}.' },
  routeCodeOutbound: { status: 200, code: '1', text: 'Access code {accessCode} takes no inbound calls.' },
  routeTaken: { status: 200, code: '1', text: 'Access code {accessCode} with extension code "{extCode}" leads somewhere already.' },
  routeNeverReached: { status: 200, code: '1', text: 'No call to {number} would come this way: {by}.' },
  routeTargetUnknown: { status: 200, code: '1', text: 'There is no {target} {id}.' },
  routeMedia: { status: 200, code: '1', text: '{message}.' },
  routeProtected: { status: 200, code: '1', text: 'Called route {id} may not be changed.' },
});

const BASE = '/apiaccess/rest/cc-management/v1/calledRoute';

const mediaWords = '2 click-to-dial, 5 audio and video, 18 video click-to-dial, 19 video, 53 multimedia';
const media = (description: string) => integerOf([2, 5, 18, 19, 53], `${description}: ${mediaWords}.`, { also: ['mediatypeld', 'mediaTypeeld'] });
const devicetype = integerOf([1, 3], 'What the code leads to: 1 a skill queue, 3 an IVR flow.');
const deviceid = integer('Id of the skill queue or of the IVR flow.', { min: 1 });
const extCode = text('Digits dialled behind the access code; none for the access code alone.', { max: 12, pattern: '^[0-9]*$' });

export const createCalledRoute = operation({
  id: 'createCalledRoute', family: configuration, section: '5.3.2', tag: 'Numbers',
  method: 'POST', path: `${BASE}/createCalledRoute`, auth: 'C1', envelope: returnCode,
  summary: 'Lead an access code to a skill queue or an IVR flow',
  description: 'With an extension code, only calls to the access code with these digits behind it; without, all that no longer number takes. '
    + 'A code of media 5 takes routes of 5 and 19, one of 2 those of 2 and 18, one of 53 those of 53, which lead to skill queues only.',
  done: 'data create success',
  request: {
    body: object({
      accessCode: word('One of the tenant\'s access codes.', { max: 32 }),
      extCode: optional(extCode),
      mediaTypeId: optional(media('Media of the calls; the skill queue\'s when left out, 5 for an IVR flow')),
      devicetype, deviceid,
    }),
  },
  result: nothing,
  errors: [
    calledRouteErrors.routeCodeUnknown, calledRouteErrors.routeCodeOutbound, calledRouteErrors.routeTaken, calledRouteErrors.routeNeverReached,
    calledRouteErrors.routeTargetUnknown, calledRouteErrors.routeMedia,
  ],
  examples: [{
    request: { accessCode: '9911411', extCode: '11', devicetype: 1, deviceid: 1, mediaTypeId: 19 },
    response: { returnCode: '0', description: 'data create success' },
  }],
});

export const deleteCalledRoute = operation({
  id: 'deleteCalledRoute', family: configuration, section: '5.3.3', tag: 'Numbers',
  method: 'POST', path: `${BASE}/deleteCalledRoute`, auth: 'C1', envelope: returnCode,
  summary: 'Delete called routes',
  description: 'Those that can be deleted are. `returnCode` is 0 when at least one was deleted and 1 when none was, also then with `data`. '
    + 'What failed stands in `content`: a protected route by its number, an unknown one by the id that was sent.',
  done: 'data delete success',
  request: {
    body: object({
      dnids: word('Up to 1000 dnids of queryCalledRoute, separated by commas; the long ids will do as well.', {
        max: 25_000, pattern: '^\\s*\\d{1,20}(\\s*,\\s*\\d{1,20}){0,999}\\s*$',
      }),
    }),
  },
  result: object({
    data: object({
      id: text('Long ids of the deleted routes, separated by commas.', { max: 25_000 }),
      name: text('The same routes by number, access code and extension code in one; when none was deleted, those that failed.', { max: 50_000 }),
      content: text('As `name`; when only some were deleted `Success:` with their names and `,Failed:` with the others.', { max: 50_000 }),
    }, 'What became of the routes.'),
  }),
  examples: [{
    request: { dnids: '1,2' },
    response: {
      returnCode: '0', description: 'data delete success',
      data: { name: '9911411,99114111', id: '1127983948544239618,1127986019188238339', content: '9911411,99114111' },
    },
  }],
});

export const modifyCalledRoute = operation({
  id: 'modifyCalledRoute', family: configuration, section: '5.3.4', tag: 'Numbers',
  method: 'POST', path: `${BASE}/modifyCalledRoute`, auth: 'C1', envelope: returnCode,
  summary: 'Lead a called route elsewhere',
  description: 'The media of the route stays, so the new skill queue must have the same.',
  done: 'data update success',
  request: { body: object({ id: longId('The long id of the route.'), devicetype, deviceid }) },
  result: nothing,
  errors: [calledRouteErrors.routeUnknown, calledRouteErrors.routeProtected, calledRouteErrors.routeTargetUnknown, calledRouteErrors.routeMedia],
  examples: [{
    request: { id: '1125397061153369092', devicetype: 1, deviceid: 1 },
    response: { returnCode: '0', description: 'data update success' },
  }],
});

export const queryCalledRoute = operation({
  id: 'queryCalledRoute', family: configuration, section: '5.3.5', tag: 'Numbers',
  method: 'POST', path: `${BASE}/queryCalledRoute`, auth: 'C1', reads: true, envelope: returnCode,
  summary: 'List called routes',
  request: {
    body: object({
      accessCode: optional(text('Only routes of this access code.', { max: 32 })),
      extCode: optional(text('Only routes with this extension code; empty means any.', { max: 12 })),
      devicetype: optional(devicetype),
      deviceDesc: optional(text('Only routes to skill queues and flows whose name contains this; letter case does not matter.')),
      mediaTypeId: optional(media('Only routes of this media')),
      limit: optional(pageLimit),
      offset: optional(integer('How many to pass over: limit x (page - 1); a negative one is taken as 0.', {
        min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER,
      })),
    }),
  },
  result: object({
    data: object({
      total: integer('How many there are in all.'),
      calledRouteList: list(object({
        id: text('Long id, by which a route is modified.'),
        dnid: integer('Short id, by which a route is deleted.'),
        accessCode: text('The access code.'),
        mediatypeId: integer(`Media of the calls: ${mediaWords}.`),
        extCode: text('The extension code; empty when there is none.'),
        devicetype: integer('1 a skill queue, 3 an IVR flow.'),
        deviceid: integer('Id of the skill queue or of the IVR flow.'),
        deviceDesc: text('Name of the skill queue, or description of the flow.'),
        editable: text('`0` free, `1` may only be deleted, `2` may only be changed, `3` neither.'),
      }), 'The routes, oldest first.'),
    }),
  }),
  examples: [{
    request: { accessCode: '9911411', extCode: '11', devicetype: 1, deviceDesc: 'defaultVideoSkill', mediaTypeId: 19, limit: 10, offset: 0 },
    response: {
      returnCode: '0', description: 'success',
      data: {
        total: 1,
        calledRouteList: [{
          id: '1125397061153369092', dnid: 3, accessCode: '9911411', mediatypeId: 19, extCode: '11', devicetype: 1, deviceid: 1,
          deviceDesc: 'defaultVideoSkill', editable: '0',
        }],
      },
    },
  }],
});
