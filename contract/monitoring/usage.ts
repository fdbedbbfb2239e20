import { operation } from '../operation.ts';
import { integer, object, timestamp } from '../schema.ts';
import { monitoring } from './family.ts';
import { ccId, dual, OPENAPI, scopeErrors } from './parts.ts';

/* 12.3.6.7 and 12.3.6.8: the clock, and what is in use. */

const common = { family: monitoring, tag: 'What is in use', envelope: dual, method: 'POST', auth: 'C2', errors: [scopeErrors.foreignVdn] } as const;

/** The answer and its double. */
const twice = (answer: unknown) => ({ result: '0', resultCode: '0100000', resultDatas: answer, resultDesc: answer });

export const ctiServerTime = operation({
  ...common, id: 'ctiServerTime', section: '12.3.6.7', path: `${OPENAPI}/configures/ctiservertime`,
  summary: 'Ask what time it is here',
  request: { body: object({ ccId }) },
  result: timestamp('Now, in milliseconds.'),
  examples: [{ request: { ccld: 1 }, response: twice(1_605_057_110_000) }],
});

/** 12.3.6.8: what has no cap, or is not known. */
export const UNLIMITED = 4_294_967_295;

const amount = (what: string) => integer(what, { min: 0, max: UNLIMITED });
const cap = (what: string) => amount(`${what}; ${UNLIMITED} without a cap.`);

export const ctiLicenseStatus = operation({
  ...common, id: 'ctiLicenseStatus', section: '12.3.6.8', path: `${OPENAPI}/configures/querysystemlicensestatus`,
  summary: 'See how much is in use, was in use at most, and may be',
  description: 'Of the key\'s tenant; of all tenants for a key of the installation, whose caps are those of its tenants together. What was most is kept over restarts.',
  request: { body: object({ ccId }) },
  result: object({
    licenseMaxAgentNum: cap('How many agents may be signed in'),
    licenseMaxVideoAgentNum: cap('How many agents with video may be signed in'),
    licenseMaxVdnNum: amount('How many tenants there may be.'),
    licenseMaxIvrCallNum: cap('How many calls flows may carry on'),
    licenseMaxVoiceCallNum: cap('How many calls by voice there may be'),
    licenseMaxWebCallNum: cap('How many calls and text sessions from web pages there may be'),
    loginAgentNum: amount('How many agents are signed in.'),
    loginVideoAgentNum: amount('How many of them have video.'),
    vdnNum: amount('How many tenants are in service.'),
    ivrCallNum: amount('How many calls flows carry on.'),
    voiceCallNum: amount('How many calls by voice there are.'),
    webCallNum: amount('How many calls and text sessions from web pages there are.'),
    historyMaxAgentNum: amount('How many agents were signed in at most.'),
    historyMaxVideoAgentNum: amount('How many agents with video were signed in at most.'),
    historyMaxIvrCallNum: amount('How many calls flows have carried on at most.'),
    historyMaxVoiceCallNum: amount('How many calls by voice there were at most.'),
    historyMaxWebCallNum: amount('How many calls and text sessions from web pages there were at most.'),
    licenseStartDate: timestamp('0: there is no licence that begins.'),
    licenseEndDate: timestamp('0: there is none that ends.'),
  }),
  examples: [{
    request: { ccId: 1 },
    response: twice({
      licenseMaxAgentNum: 4, licenseMaxVideoAgentNum: UNLIMITED, licenseMaxVdnNum: 10, licenseMaxIvrCallNum: UNLIMITED, licenseMaxVoiceCallNum: 6,
      licenseMaxWebCallNum: UNLIMITED, loginAgentNum: 1, loginVideoAgentNum: 0, vdnNum: 1, ivrCallNum: 0, voiceCallNum: 1, webCallNum: 0,
      historyMaxAgentNum: 3, historyMaxVideoAgentNum: 0, historyMaxIvrCallNum: 2, historyMaxVoiceCallNum: 5, historyMaxWebCallNum: 0,
      licenseStartDate: 0, licenseEndDate: 0,
    }),
  }],
});
