import { flat, type Envelope } from '../envelope.ts';
import { Type } from 'typebox';
import { httpRefusals } from '../http-refusals.ts';
import type { Family } from '../operation.ts';
import { catalogue, refusalText } from '../refusal.ts';

/** 17.2 and 17.3: what the business says comes with HTTP 200, the rest by its HTTP status, which is repeated as the code. */
export const provisionErrors = catalogue({
  ...httpRefusals,
  codeSentAlready: { status: 200, code: '201', text: 'A code was sent a moment ago; ask for another one in {seconds} seconds.' },
  codeHasNoWay: { status: 200, code: '202', text: 'No code can be sent to this number; turn to those who run this service.' },
  codeNotTaken: { status: 200, code: '204', text: 'The code could not be sent; turn to those who run this service.' },
  mailUsedUp: { status: 200, code: '205', text: 'All the mail of today has been sent; turn to those who run this service.' },
  codeUnknown: { status: 200, code: '001', text: 'There is no code for this number, or it has expired or was tried too often; ask for a new one.' },
  codeWrong: { status: 200, code: '002', text: 'The code is wrong.' },
  codeFault: { status: 200, code: '003', text: 'The code could not be checked; turn to those who run this service.' },
  tenantThere: { status: 200, code: '004', text: 'Whoever has this number or this mail address has a tenant already; turn to those who run this service.' },
  atTheSameTime: { status: 200, code: '005', text: 'This application is being dealt with; try again in a minute.' },
  noAccessCode: { status: 200, code: '006', text: 'No access code is left for trials; turn to those who run this service.' },
});

/** Stands before the configuration family where paths are matched, as its prefix is the longer one. */
export const provision: Family = {
  id: 'provision',
  title: 'Trials',
  prefixes: ['/apiaccess/rest/ipccprovision/'],
  envelope: flat('retCode', 'retMsg', '200'),
  refusals: provisionErrors,
};

const CODE = 'returnCode';
const both = (code: string, message: string) => ({ [CODE]: code, returnMsg: message, retCode: code, retMsg: message });
const names = {
  [CODE]: Type.String({ description: '`000` for success, anything else for a refusal.' }),
  returnMsg: Type.Optional(Type.String({ description: 'The outcome in words.' })),
  retCode: Type.Optional(Type.String({ description: 'The code again, by the name that the example of 17.3 has.' })),
  retMsg: Type.Optional(Type.String({ description: 'The words again.' })),
};

/** 17.3 has other names in its table than in its example: both are sent. */
export const applied: Envelope = {
  schema: () => Type.Object(names),
  refusalSchema: Type.Object(names),
  success: (_result, done) => both('000', done),
  refusal: (refusal) => both(refusal.refused.code, refusalText(refusal)),
};
