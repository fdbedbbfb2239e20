import { BLOCKS, UNMEASURED, type officeFigures, type terminalState } from '@parley/contract/monitoring/system.ts';
import type { Static } from 'typebox';
import { FIVE_MS } from './sampling.ts';
import type { OfficeFigures, SwitchBlocks, SwitchTerminal } from './switch-figures.ts';

/** Of what is measured of an office, what was, and when. */
export interface OfficeShown {
  readonly no: number;
  readonly name: string;
  readonly from: number;
  readonly isWhole: boolean;
  /** Absent where nothing was measured. */
  readonly figures?: OfficeFigures;
}

type Shown = Static<typeof officeFigures>;
type BlockKind = keyof typeof BLOCKS;

export const NODE_NO = 0;
/** Our own phones and web pages. */
const OWN_NAME = 'phones';

const count = (value: number | undefined): string => (value === undefined ? UNMEASURED : String(Math.round(value)));
const decimal = (value: number | undefined): string => (value === undefined ? UNMEASURED : value.toFixed(6));
/** Of nothing it is nothing. */
const ratio = (part: number | undefined, whole: number | undefined): number | undefined => (part === undefined || whole === undefined ? undefined : whole === 0 ? 0 : part / whole);
const percent = (part: number | undefined, whole: number | undefined): string => {
  const share = ratio(part, whole);
  return decimal(share === undefined ? undefined : share * 100);
};
const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} +00:00`;

/** What can be used of a trunk, and what cannot. */
function circuitsOf({ circuits, isBlocked }: Partial<Pick<OfficeFigures, 'circuits' | 'isBlocked'>>): { readonly usable: number | undefined; readonly blocked: number | undefined } {
  if (circuits === undefined) return { usable: undefined, blocked: undefined };
  return isBlocked === true ? { usable: 0, blocked: circuits } : { usable: circuits, blocked: 0 };
}

export function presentOffice({ no, name, from, isWhole, figures }: OfficeShown): Shown {
  const f: Partial<OfficeFigures> = figures ?? {};
  const { usable, blocked } = circuitsOf(f);
  const [installed, open, shut] = [count(f.circuits), count(usable), count(blocked)];
  const shutShare = percent(blocked, f.circuits);
  const inUse = percent(f.busyMs, f.circuits === undefined ? undefined : f.circuits * FIVE_MS);
  const erlangs = (ms: number | undefined): string => decimal(ratio(ms, FIVE_MS));
  const average = (ms: number | undefined, of: number | undefined, unit: number): number | undefined => {
    const mean = ratio(ms, of);
    return mean === undefined ? undefined : mean / unit;
  };
  const perSecond = ratio(f.came, FIVE_MS / 1000);
  return {
    RT: utc(from), RET: utc(from + FIVE_MS), Period: String(FIVE_MS / 60_000), Credible: isWhole ? 'Credible' : 'Incredible', MEID: String(NODE_NO), MOIID: String(no),
    'incoming direction': `${no}(${name === '' ? OWN_NAME : name})`, Time: UNMEASURED,
    ST0: count(f.came), TCAT1: count(f.came), TCAT2: UNMEASURED, CCT3: count(f.rang), AT4: count(f.answered), TCAT5: count(f.answered), TAT6: UNMEASURED,
    LCOICT7: count(f.refused), CD8: UNMEASURED, CDA9: UNMEASURED, CBT10: count(f.busy), AART11: count(f.gaveUp), RNAT12: count(f.noAnswer),
    ICN13: installed, ACN14: open, BCN15: shut, IBCN16: installed, IBC16: installed, ABCN17: open, BBCN18: shut, UBC43: shut,
    ITAR19: percent(usable, f.circuits), CR20: percent(f.rang, f.came), AR21: percent(f.answered, f.came), BCR22: shutShare, BBCR23: shutShare, BBRC23: shutShare,
    BTST24: erlangs(f.busyMs), BTSTA25: UNMEASURED, ST26: erlangs(f.seizedMs), STA27: UNMEASURED, CT28: erlangs(f.rungMs), CTA29: UNMEASURED, AT30: erlangs(f.answeredMs), ATA31: UNMEASURED,
    ASD32: decimal(average(f.endedMs, f.ended, 1000)), ABRT33: count(f.gaveUpBeforeRinging), CCT34: UNMEASURED, ECT35: count(f.unknownNumber),
    IAT36: UNMEASURED, TUT37: UNMEASURED, TET38: UNMEASURED, CFORT39: UNMEASURED, CLBT40: UNMEASURED, CTBT41: UNMEASURED, TCT42: UNMEASURED,
    IOCS44: perSecond === undefined ? UNMEASURED : String(Number(perSecond.toFixed(3))),
    SOIC45: count(usable === undefined || f.busyNow === undefined ? undefined : Math.max(0, usable - f.busyNow)), EROCC46: inUse, EROC46: inUse,
    'busy circuits (TIMES)': count(f.busyNow), 'average answer duration (SECOND)': count(average(f.talksEndedMs, f.talksEnded, 1000)),
    'average connection duration (MILLISECOND)': count(average(f.setupMs, f.rang, 1)), 'answer duration aux (TIMES)': UNMEASURED,
  };
}

const measured: Readonly<Record<BlockKind, (blocks: SwitchBlocks) => Readonly<Record<string, number | undefined>>>> = {
  CCB: ({ dialled, ringing, up, calls }) => ({ 'IDC switch index': 1, 'Booked CB number': calls, 'Call proceeding number': dialled, 'Alerting CB number': ringing, 'Active CB number': up }),
  INTESS: () => ({}),
  BSI: ({ mediaLegs, rooms, inFlows, mediaCapacity }) => ({
    'Total number of connections': mediaCapacity,
    'Total no of connection in IDLE state': mediaCapacity === undefined ? undefined : Math.max(0, mediaCapacity - mediaLegs),
    'Total no of connection in CONNECT state': mediaLegs,
    'Total no of connection having service type as IVR': inFlows,
    'Total no of conf connection in CONF USING state': rooms,
  }),
};

export function presentBlocks(kind: BlockKind, blocks: SwitchBlocks | undefined): Record<string, string> {
  const figures = blocks === undefined ? {} : measured[kind](blocks);
  return Object.fromEntries(BLOCKS[kind].map((name) => [name, count(figures[name])]));
}

const NOWHERE = '0.0.0.0:0';
const ENCRYPTED: ReadonlySet<SwitchTerminal['transport']> = new Set(['TLS', 'WSS']);

export function presentTerminal(number: string, at: SwitchTerminal | undefined, isWatched: boolean): Static<typeof terminalState> {
  const isSix = at?.address.includes(':') === true;
  return {
    ccuModuleNumber: String(NODE_NO), terminationType: 'sip', equipmentId: number,
    registerStatus: at === undefined ? 'not register' : 'registered', socketStatus: at === undefined ? 'uninstall' : 'normal',
    ipAndPort: at === undefined ? NOWHERE : `${isSix ? `[${at.address}]` : at.address}:${at.port}`, monitorFlag: isWatched ? 'started' : 'unstarted',
    protocolType: at?.transport ?? 'invalid protocol', roamIpAndPort: NOWHERE,
    tlsStatus: at === undefined ? 'uninstall' : ENCRYPTED.has(at.transport) ? 'connect' : 'unconnect', ipType: isSix ? 'IPv6' : 'IPv4',
  };
}
