/** Why the core refuses a command. What code a client sees is the business of the operation that asked. */
export const WHYS = [
  'notSignedIn', 'alreadySignedIn', 'wrongState', 'noCall', 'unknownCall', 'unknownAgent', 'unknownQueue', 'unknownFlow', 'noPermission', 'limit',
  'badNumber', 'badMode', 'tooLarge', 'mustChangePassword', 'busy', 'offline', 'self', 'notYours', 'nothing', 'phoneUnavailable', 'foreignGroup',
  'noPreview', 'notEnabled',
  /** Of a conference: 101-001 to 101-007, and what has a code of the platform. */
  'noConference', 'notChair', 'notInspector', 'chairAlready', 'chairRemoved', 'chairLeaves', 'conference',
] as const;
export type Why = (typeof WHYS)[number];

export interface Refused {
  readonly refused: Why;
  /** For people: what exactly. */
  readonly message: string;
  /** The platform's own code, where the reference knows one (Table 6-450). */
  readonly code?: number;
}

export const refused = (why: Why, message = '', code?: number): Refused => ({ refused: why, message, ...(code === undefined ? {} : { code }) });
export const isRefused = (value: unknown): value is Refused => typeof value === 'object' && value !== null && 'refused' in value && !('details' in value);
