import { operation } from '../operation.ts';
import { integer, integerOf, list, nullable, object, optional, text } from '../schema.ts';
import { configuration, returnCode } from './family.ts';

/** Media of an access code: 18 and 19 are media of routes, to which a code of 2 or 5 leads (5.3.2). */
export const accessCodeMedia = (description: string) =>
  integerOf([2, 5, 53], description, { also: ['mediatypeld'] });

/** More than the reference lets a page hold is cut to it, however much more it is. */
export const pageLimit = integer('How many to answer, up to 100, which is also what is answered when it is left out or larger.', {
  min: 0, max: Number.MAX_SAFE_INTEGER,
});

export const queryAccessCodeList = operation({
  id: 'queryAccessCodeList', family: configuration, section: '5.3.1', tag: 'Numbers',
  method: 'POST', path: '/apiaccess/rest/cc-management/v1/accessCodeInfo/queryAccessCodeList', auth: 'C1', reads: true, envelope: returnCode,
  summary: 'List access codes',
  description: 'The numbers that customers dial. An administrator provides them (`/admin/v1/access-codes`). An offset above 100 is refused.',
  request: {
    body: object({
      accessCode: optional(text('Only codes that contain this.', { max: 32 })),
      mediatypeId: optional(accessCodeMedia('Only codes of this media: 2 click-to-dial, 5 audio and video, 53 multimedia.')),
      description: optional(text('Only codes whose description contains this; letter case does not matter.')),
      limit: optional(pageLimit),
      offset: optional(integer('How many to pass over: limit x (page - 1).', { min: 0, max: 100 })),
    }),
  },
  result: object({
    data: object({
      total: integer('How many there are in all.'),
      calledRouteList: list(object({
        id: text('Id of the access code.'),
        accessCode: text('The access code.'),
        mediatypeId: integer('2 click-to-dial, 5 audio and video, 53 multimedia.'),
        n400Number: nullable(text('The service number that the network maps to the code.')),
        description: nullable(text('What the code is for.')),
        numCallAttr: integer('1 inbound calls, 2 outbound calls, 3 both.'),
      }), 'The access codes, by code.'),
    }),
  }),
  examples: [{
    request: { accessCode: '9911411', mediatypeId: 5, description: 'access code', limit: 10, offset: 0 },
    response: {
      returnCode: '0', description: 'success',
      data: {
        total: 1,
        calledRouteList: [{ id: '1124167935465633793', accessCode: '9911411', mediatypeId: 5, n400Number: null, description: null, numCallAttr: 3 }],
      },
    },
  }],
});
