/** What happened to the calls that came in by one office in five minutes (12.3.6.1). Times add up to milliseconds. */
export interface OfficeCounts {
  /** Calls that came, those among them that rang at us, and those that were answered. */
  readonly came: number;
  readonly rang: number;
  readonly answered: number;
  /** What came of those that were not answered. */
  readonly refused: number;
  readonly busy: number;
  readonly unknownNumber: number;
  readonly noAnswer: number;
  readonly gaveUp: number;
  readonly gaveUpBeforeRinging: number;
  /** From the coming to the ringing, of all that rang. */
  readonly setupMs: number;
  /** Calls that were over in this time, how long they lasted in all, and how long the answered ones of them had been answered. */
  readonly ended: number;
  readonly endedMs: number;
  readonly talksEnded: number;
  readonly talksEndedMs: number;
  /** For how long calls stood in this time, were ringing or answered, and were answered: together, so that two calls count twice. */
  readonly seizedMs: number;
  readonly rungMs: number;
  readonly answeredMs: number;
}

/** One way by which calls come: a trunk, or with an empty name our own phones and web pages. */
export interface OfficeFigures extends OfficeCounts {
  readonly name: string;
  /** Calls in both directions that stood at the end, and for how long they stood in this time; undefined of what is no trunk. */
  readonly busyNow: number | undefined;
  readonly busyMs: number | undefined;
  /** How many calls the trunk may have at once; undefined where nobody has said. */
  readonly circuits: number | undefined;
  /** Nobody at the other end of the trunk can be reached. */
  readonly isBlocked: boolean;
}

/** Five minutes of the clock that are over. */
export interface SwitchPeriod {
  readonly from: number;
  readonly to: number;
  /** Whether the switch was there all the time. */
  readonly isWhole: boolean;
  readonly offices: readonly OfficeFigures[];
  /** Registrations of phones at the end. */
  readonly terminals: number;
}

/** Calls and sound, as they stand. */
export interface SwitchBlocks {
  /** Legs: being dialled, ringing, and up. */
  readonly dialled: number;
  readonly ringing: number;
  readonly up: number;
  /** SIP calls, each try of a leg that is dialled among them. */
  readonly calls: number;
  /** Legs with a flow. */
  readonly inFlows: number;
  /** Legs that have sound, rooms in which they hear one another, and how many legs can have sound at once; undefined where somebody else makes it. */
  readonly mediaLegs: number;
  readonly rooms: number;
  readonly mediaCapacity: number | undefined;
}

/** A phone that has registered. */
export interface SwitchTerminal {
  readonly transport: 'UDP' | 'TCP' | 'TLS' | 'WS' | 'WSS';
  readonly address: string;
  readonly port: number;
}

/** The switch, as those see it who measure it. */
export interface SwitchFigures {
  /** The latest of the five minutes that are over, in their order: as many as are remembered. */
  readonly periods: () => readonly SwitchPeriod[];
  /** Undefined as long as it has not started. */
  readonly blocks: () => Promise<SwitchBlocks | undefined>;
  /** Where a phone of that number has registered; where it has by several devices, the foremost. */
  readonly terminal: (number: string) => SwitchTerminal | undefined;
}
