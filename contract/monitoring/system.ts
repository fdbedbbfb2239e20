import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { integer, list, object, oneOf, optional, text, word } from '../schema.ts';
import { monitoring } from './family.ts';
import { ccId, MAX, OPENAPI, scopeErrors, single } from './parts.ts';

/* 12.3.6.1 to 12.3.6.6: how the installation does. What the reference calls a UAP is our switch, an office one of its SIP trunks. */

/** What is not measured. */
export const UNMEASURED = '-1';
export const MAX_AT_ONCE = 10;
/** 12.3.6.3: so many terminals, or more, are too many to be looked for. */
export const TOO_MANY_TERMINALS = 200;
export const MAX_OFFICES = 1000;
const MAX_ROWS = 1000;
const DEFAULT_ROWS = 100;
const MAX_OFFICE = 65_535;

export const systemErrors = catalogue({
  atOnce: { status: 200, code: '0100001', text: `No more than ${MAX_AT_ONCE} of these queries are answered at a time; ask again in a moment.` },
  tooManyTerminals: { status: 200, code: '0100002', text: 'Wrong parameter: EID stands for {count} terminals or more; it must stand for fewer.' },
  noSuchTerminal: { status: 200, code: '0101002', text: 'There is no terminal {number}.' },
});

const common = { family: monitoring, tag: 'The installation', envelope: single, method: 'POST', auth: 'C2' } as const;
const asksForAll = 'For keys of the installation alone. ';
const whereAsked = { ccId: optional(ccId) } as const;

const byNode = 'By media node, as its address, # and its number.';
/** Numbers of offices, also a single one. */
const ofcNo = Type.Unsafe<number[] | number>({
  type: ['array', 'integer'], items: { type: 'integer', minimum: 0, maximum: MAX_OFFICE }, maxItems: MAX_OFFICES, minimum: 0, maximum: MAX_OFFICE,
  description: 'Numbers of offices; all unless told, or where the list is empty. 0 is our own phones and web pages; trunks are numbered as they come.',
});
const someOf = { limit: optional(integer(`How many rows at most; ${DEFAULT_ROWS} unless told.`, { min: 1, max: MAX_ROWS })), offset: optional(integer('How many rows to pass over; none unless told.', { min: 0 })) } as const;
const window = {
  beginDate: text('From when on, as yyyy-MM-dd HH:mm:ss in UTC.', { max: 19 }),
  endDate: text('Up to when; at most 31 days later.', { max: 19 }),
} as const;

const fields = <const Names extends Readonly<Record<string, string>>>(names: Names) =>
  Object.fromEntries(Object.entries(names).map(([name, what]) => [name, text(what)])) as { readonly [Name in keyof Names]: ReturnType<typeof text> };

const none = `${UNMEASURED}: not measured.`;
const cap = 'of the limit on calls that the trunk has, as its calls take one whichever way they go';

export const officeFigures = object(fields({
  RT: 'When the five minutes began, such as 2021-02-04 10:00:00 +00:00.',
  RET: 'When they were over.',
  Period: 'How many minutes they are: 5.',
  Credible: 'Credible, or Incredible where the switch was not there all the time.',
  MEID: 'Number of the media node.',
  MOIID: 'Number of the office.',
  'incoming direction': 'Number and name of the office, such as 1(carrier).',
  Time: none,
  ST0: 'Calls that came in.',
  TCAT1: 'Of them, those for numbers of ours: all, as calls end here and are not passed through.',
  TCAT2: none,
  CCT3: 'Calls that rang here.',
  AT4: 'Calls that were answered.',
  TCAT5: 'Of them, those answered here: all.',
  TAT6: none,
  LCOICT7: 'Calls that were refused, as the trunk was at its limit or there was nothing left for their sound.',
  CD8: none,
  CDA9: none,
  CBT10: 'Calls that were told that it is busy here, or that a queue is full.',
  AART11: 'Calls whose caller hung up before the answer.',
  RNAT12: 'Calls that rang and were not answered for other reasons.',
  ICN13: `Circuits: ${cap}; ${UNMEASURED} where it has none.`,
  ACN14: 'Those of them that can be used.',
  BCN15: 'Those of them that cannot, as no machine at the other end is reached.',
  IBCN16: 'Circuits for both directions: all are.',
  ABCN17: 'Those of them that can be used.',
  BBCN18: 'Those of them that cannot.',
  IBC16: 'The same as IBCN16.',
  ITAR19: 'Share of the circuits that can be used, in per cent.',
  CR20: 'Share of the calls that rang, in per cent.',
  AR21: 'Share of the calls that were answered, in per cent.',
  BCR22: 'Share of the circuits that cannot be used, in per cent.',
  BBCR23: 'The same of those for both directions.',
  BBRC23: 'The same as BBCR23.',
  BTST24: 'Traffic of the trunk in both directions, in erlangs.',
  BTSTA25: none,
  ST26: 'Traffic of calls that came in, from their coming on, in erlangs.',
  STA27: none,
  CT28: 'The same from their ringing on.',
  CTA29: none,
  AT30: 'The same from their answer on.',
  ATA31: none,
  ASD32: 'How long those lasted that were over, in seconds on average.',
  ABRT33: 'Calls whose caller hung up before they rang.',
  CCT34: none,
  ECT35: 'Calls for numbers that lead nowhere.',
  IAT36: none,
  TUT37: none,
  TET38: none,
  CFORT39: none,
  CLBT40: none,
  CTBT41: none,
  TCT42: none,
  UBC43: 'The same as BCN15.',
  IOCS44: 'Calls a second that came in.',
  SOIC45: 'Circuits that were free at the end.',
  EROCC46: 'Share of the time of all circuits that they were in use, in per cent.',
  EROC46: 'The same as EROCC46.',
  'busy circuits (TIMES)': 'Circuits that were in use at the end.',
  'average answer duration (SECOND)': 'How long talks lasted that were over, on average.',
  'average connection duration (MILLISECOND)': 'How long it took until calls rang, on average.',
  'answer duration aux (TIMES)': none,
}));

export const uapQueryPerfInfo = operation({
  ...common, id: 'uapQueryPerfInfo', section: '12.3.6.1', path: `${OPENAPI}/uap/queryUapPerfInfo`,
  summary: 'See the traffic of the offices',
  description: `${asksForAll}What came in by each trunk in the latest five minutes of the clock that are over. What is not measured, or cannot be as calls are simulated, is ${UNMEASURED}.`,
  request: { body: object({ ofcNo: optional(ofcNo), ...whereAsked }) },
  result: Type.Record(Type.String(), list(officeFigures, 'The offices, by number.', { max: MAX_OFFICES }), { description: byNode }),
  errors: [scopeErrors.foreignVdn],
  examples: [{
    request: { ofcNo: [1], ccId: 1 },
    response: {
      resultCode: '0100000',
      resultDesc: {
        '10.0.0.7#0': [{
          RT: '2021-02-04 10:00:00 +00:00', RET: '2021-02-04 10:05:00 +00:00', Period: '5', Credible: 'Credible', MEID: '0', MOIID: '1', 'incoming direction': '1(carrier)', Time: '-1',
          ST0: '30', TCAT1: '30', TCAT2: '-1', CCT3: '29', AT4: '27', TCAT5: '27', TAT6: '-1', LCOICT7: '1', CD8: '-1', CDA9: '-1', CBT10: '0', AART11: '1', RNAT12: '1', ICN13: '60',
          ACN14: '60', BCN15: '0', IBCN16: '60', ABCN17: '60', BBCN18: '0', IBC16: '60', ITAR19: '100.000000', CR20: '96.666667', AR21: '90.000000', BCR22: '0.000000', BBCR23: '0.000000',
          BBRC23: '0.000000', BTST24: '12.400000', BTSTA25: '-1', ST26: '10.100000', STA27: '-1', CT28: '10.090000', CTA29: '-1', AT30: '9.900000', ATA31: '-1', ASD32: '112.250000',
          ABRT33: '0', CCT34: '-1', ECT35: '0', IAT36: '-1', TUT37: '-1', TET38: '-1', CFORT39: '-1', CLBT40: '-1', CTBT41: '-1', TCT42: '-1', UBC43: '0', IOCS44: '0.1', SOIC45: '48',
          EROCC46: '20.666667', EROC46: '20.666667', 'busy circuits (TIMES)': '12', 'average answer duration (SECOND)': '110', 'average connection duration (MILLISECOND)': '24',
          'answer duration aux (TIMES)': '-1',
        }],
      },
    },
  }],
});

const callBlocks = fields({
  'IDC switch index': '1: the switch is there.',
  'Null CB number': none,
  'Booked CB number': 'SIP calls that stand, each phone that is rung for one agent among them.',
  'Info receiving status number': none,
  'Wait overlap CB number': none,
  'Overlap transmit number': none,
  'Call proceeding number': 'Legs that are dialled and do not ring yet.',
  'Alerting CB number': 'Legs that ring.',
  'Connection request CB number': none,
  'Active CB number': 'Legs that are up.',
  'Release guard CB number': none,
  'Release waiting CB number': none,
  'Temply hold CB number': none,
  'Wait tone CB number': none,
  'Null after combine CB number': none,
  'Call park CB number': none,
});

/** There is no intelligent network, and so none of its control blocks. */
const networkBlocks = fields({
  'Last allocated INTESS number': none,
  'Error stat flag': none,
  'Error stat interval': none,
  'Message statistics flag': none,
  'Message statistics interval': none,
  'Message statistics mask': none,
  'Idle CB number': none,
  'Overlap CB number': none,
  'Call delivered CB number': none,
  'Call present CB number': none,
  'Call received': none,
  'Connection request CB number': none,
  'Active CB number': none,
  'SPACTIVE CB number': none,
  'CB number in INTESS_spy state': none,
  'Wait REL CB number': none,
});

const mediaBlocks = fields({
  'Total number of connections': `How many legs can have sound at once; ${UNMEASURED} where rtpengine makes it.`,
  'Total no of connection in IDLE state': 'How many more can.',
  'Total no of connection in CREATE CONNECT state': none,
  'Total no of connection in CONNECT state': 'How many have.',
  'Total no of connection in DELETE CONNECT state': none,
  'Total no of connection in MODIFY CONNECT state': none,
  'Total no of connection having service type as IVR': 'How many of them have a flow.',
  'Total no of connection having service type as CONF': none,
  'Total no of connection having service type as CONF CHAN': none,
  'Total no of conf connection in IDLE state': none,
  'Total number of Conf connections': none,
  'Total no of conf connection in CREATE CONF state': none,
  'Total no of conf connection in CONF USING state': 'Rooms in which legs hear one another.',
  'Total no of conf connection in CONF DELETE state': none,
});

/** The names of the three kinds of blocks. */
export const BLOCKS = { CCB: Object.keys(callBlocks), INTESS: Object.keys(networkBlocks), BSI: Object.keys(mediaBlocks) } as const;

const optionally = (of: Readonly<Record<string, ReturnType<typeof text>>>) => Object.fromEntries(Object.entries(of).map(([name, field]) => [name, optional(field)]));

export const uapDspPidKey = operation({
  ...common, id: 'uapDspPidKey', section: '12.3.6.2', path: `${OPENAPI}/uap/dsppidkey`,
  summary: 'See what the switch is busy with',
  description: `${asksForAll}Of calls (MODTYP CCU, PID CCB) or of their sound (MODTYP MSU, PIDMSU BSI), as it is now. Blocks of an intelligent network (PID INTESS) are all ${UNMEASURED}, as there is none. `
    + `At most ${MAX_AT_ONCE} of these queries at a time.`,
  request: {
    body: object({
      MODTYP: oneOf(['CCU', 'MSU'], 'What to look at: CCU calls, MSU their sound.'),
      PID: optional(oneOf(['CCB', 'INTESS', 'BSI'], 'With CCU: CCB or INTESS.')),
      PIDMSU: optional(oneOf(['BSI'], 'With MSU: BSI; it may stand in PID, too.')),
      MN: optional(text('Module number; there is one module, whatever it is called.', { max: 20 })),
      BICCTYPE: optional(text('Of another carrier protocol, which there is not.', { max: 20 })),
      MSUMN: optional(text('Module number; as MN.', { max: 20 })),
      ...whereAsked,
    }),
  },
  result: Type.Record(Type.String(), object(optionally({ ...networkBlocks, ...mediaBlocks, ...callBlocks })), { description: byNode }),
  errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter, systemErrors.atOnce],
  examples: [{
    request: { MODTYP: 'CCU', PID: 'CCB', MN: '56', ccId: 1 },
    response: {
      resultCode: '0100000',
      resultDesc: {
        '10.0.0.7#0': {
          'IDC switch index': '1', 'Null CB number': '-1', 'Booked CB number': '7', 'Info receiving status number': '-1', 'Wait overlap CB number': '-1', 'Overlap transmit number': '-1',
          'Call proceeding number': '0', 'Alerting CB number': '1', 'Connection request CB number': '-1', 'Active CB number': '6', 'Release guard CB number': '-1',
          'Release waiting CB number': '-1', 'Temply hold CB number': '-1', 'Wait tone CB number': '-1', 'Null after combine CB number': '-1', 'Call park CB number': '-1',
        },
      },
    },
  }],
});

export const terminalState = object({
  ccuModuleNumber: text('Number of the module: 0.'),
  terminationType: text('What it is: sip.'),
  equipmentId: text('Its number.'),
  registerStatus: text('registered or not register.'),
  socketStatus: text('normal where it is registered, else uninstall.'),
  ipAndPort: text('Where it has registered from; 0.0.0.0:0 where it has not.'),
  monitorFlag: text('started while an agent has signed in with it, else unstarted.'),
  protocolType: text('By what it has registered: UDP, TCP, TLS, WS or WSS; invalid protocol where it has not.'),
  roamIpAndPort: text('0.0.0.0:0: phones roam by registering anew.'),
  tlsStatus: text('connect where it is encrypted, unconnect where it is not, uninstall where it is not registered.'),
  ipType: text('IPv4 or IPv6.'),
});

export const uapQueryTerminalStatus = operation({
  ...common, id: 'uapQueryTerminalStatus', section: '12.3.6.3', path: `${OPENAPI}/uap/queryterminalstatus`,
  summary: 'See whether phones are registered',
  description: `${asksForAll}The phones of agents by their numbers. At most ${MAX_AT_ONCE} of these queries at a time, and no more than ${TOO_MANY_TERMINALS - 1} phones.`,
  request: {
    body: object({
      EID: word('Number of the phone. * and % stand for anything, ? for one character.', { max: 64 }),
      limit: optional(integer(`How many at most; ${DEFAULT_ROWS} unless told.`, { min: 1, max: MAX_ROWS })),
      offset: optional(integer('How many to pass over; none unless told.', { min: 0 })),
      ...whereAsked,
    }),
  },
  result: object({
    data: Type.Record(Type.String(), list(terminalState, 'The phones, by number.'), { description: byNode }),
    count: integer('How many there are.', { min: 0 }),
  }),
  errors: [scopeErrors.foreignVdn, systemErrors.atOnce, systemErrors.tooManyTerminals, systemErrors.noSuchTerminal],
  examples: [{
    request: { ccId: 1, EID: '8888*', limit: '100', offset: '0' },
    response: {
      resultCode: '0100000',
      resultDesc: {
        data: {
          '10.0.0.7#0': [{
            ccuModuleNumber: '0', terminationType: 'sip', equipmentId: '88881757', registerStatus: 'registered', socketStatus: 'normal', ipAndPort: '192.0.2.7:5060', monitorFlag: 'unstarted',
            protocolType: 'UDP', roamIpAndPort: '0.0.0.0:0', tlsStatus: 'unconnect', ipType: 'IPv4',
          }],
        },
        count: 1,
      },
    },
  }],
});

const sampled = { beginTime: text('When the five minutes began, in milliseconds.'), ccId: integer('Id of the contact centre, as it was asked for.') } as const;
const rows = <Row extends Parameters<typeof list>[0]>(row: Row) => object({
  data: list(row, 'The five minutes, in their order; those in which nobody measured are not there.', { max: MAX_ROWS }),
  count: integer('How many there are.', { min: 0 }),
});
const uapIP = optional(text('Address of a media node; all unless told.', { max: 64 }));
const rate = (what: string) => integer(`${what}, in per cent; 0 where there was none.`, { min: 0 });

export const uapPerfIndex = operation({
  ...common, id: 'uapPerfIndex', section: '12.3.6.4', path: `${OPENAPI}/uap/perfindex`,
  summary: 'Count the calls that came in by the offices',
  description: `${asksForAll}Every five minutes of the last 32 days. While calls are simulated nothing is measured, and there are no rows.`,
  request: { body: object({ ...whereAsked, uapIP, ofcNo: optional(ofcNo), ...window, ...someOf }) },
  result: rows(object({
    ...sampled,
    uapIP: text('Address of the media node.'),
    uapIp: text('The same.'),
    ofcNo: integer('Number of the office.'),
    systemInBound: integer('Calls that came in.', { min: 0 }),
    systemInSucc: integer('Those among them that were answered.', { min: 0 }),
    systemCallRate: rate('Share of them'),
  })),
  errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter],
  examples: [{
    request: { ccId: 1, uapIP: '10.0.0.7', ofcNo: [0, 1], beginDate: '2021-09-09 00:00:00', endDate: '2021-09-11 23:00:00', limit: '100', offset: '0' },
    response: {
      resultCode: '0100000',
      resultDesc: { data: [{ beginTime: '1631594100000', ccId: 1, uapIP: '10.0.0.7', uapIp: '10.0.0.7', ofcNo: 1, systemInBound: 8, systemInSucc: 6, systemCallRate: 75 }], count: 1 },
    },
  }],
});

export const uapTerminalIndex = operation({
  ...common, id: 'uapTerminalIndex', section: '12.3.6.5', path: `${OPENAPI}/uap/terminalindex`,
  summary: 'Count the phones that were registered',
  description: `${asksForAll}Every five minutes of the last 32 days. While calls are simulated nothing is measured, and there are no rows.`,
  request: { body: object({ ...whereAsked, uapIP, ...window, ...someOf }) },
  result: rows(object({ ...sampled, uapIp: text('Address of the media node.'), agentOnlineCount: integer('Phones that were registered at the end.', { min: 0 }) })),
  errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter],
  examples: [{
    request: { ccId: 1, uapIP: '10.0.0.7', beginDate: '2021-09-09 00:00:00', endDate: '2021-09-11 23:00:00', limit: '100', offset: '0' },
    response: { resultCode: '0100000', resultDesc: { data: [{ beginTime: '1631594100000', ccId: 1, uapIp: '10.0.0.7', agentOnlineCount: 12 }], count: 1 } },
  }],
});

export const ctiSysIndex = operation({
  ...common, id: 'ctiSysIndex', section: '12.3.6.6', path: `${OPENAPI}/cti/sysindex`,
  summary: 'See how tenants did over time',
  description: `${asksForAll}Every five minutes of the last 32 days in which a tenant had somebody signed in, or calls. Calls count when they are over.`,
  request: { body: object({ ...whereAsked, vdn: optional(list(integer('Id of a tenant.', { min: 1, max: MAX.vdn }), 'The tenants; all unless told.', { max: 100, also: ['vdnIds'] })), ...window, ...someOf }) },
  result: rows(object({
    ...sampled,
    vdn: integer('Id of the tenant.', { min: 1 }),
    onlineAgentNums: integer('Agents who were signed in at the end, whether they take calls from queues or not.', { min: 0 }),
    talkingNums: integer('Of those who take them, how many talked.', { min: 0 }),
    ideaAgentNum: integer('How many were idle.', { min: 0 }),
    busyNums: integer('How many said that they are busy.', { min: 0 }),
    restNums: integer('How many rested.', { min: 0 }),
    incallNums: integer('Calls that came in and were over in these five minutes.', { min: 0 }),
    inCallNums: integer('The same.', { min: 0 }),
    rateNum: integer('Those among them that an agent has answered.', { min: 0 }),
    callRate: rate('Share of them'),
    callOutNums: integer('Calls to the outside that were over in these five minutes.', { min: 0 }),
  })),
  errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter],
  examples: [{
    request: { ccId: 1, vdn: [1, 2, 3], beginDate: '2021-09-09 00:00:00', endDate: '2021-09-11 23:00:00', limit: '100', offset: '0' },
    response: {
      resultCode: '0100000',
      resultDesc: {
        data: [{
          beginTime: '1631594100000', ccId: 1, vdn: 1, onlineAgentNums: 6, talkingNums: 2, ideaAgentNum: 1, busyNums: 1, restNums: 1, incallNums: 8, inCallNums: 8, rateNum: 6, callRate: 75,
          callOutNums: 3,
        }],
        count: 1,
      },
    },
  }],
});
