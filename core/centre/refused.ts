/** Why the core refuses a command. What code a client sees is the business of the operation that asked. */
export const WHYS = [
  'notSignedIn', 'alreadySignedIn', 'wrongState', 'noCall', 'unknownCall', 'unknownAgent', 'unknownQueue', 'unknownFlow', 'noPermission', 'limit',
  'badNumber', 'badMode', 'tooLarge', 'mustChangePassword', 'busy', 'offline', 'self', 'notYours', 'nothing', 'phoneUnavailable', 'foreignGroup',
] as const;
export type Why = (typeof WHYS)[number];

export interface Refused {
  readonly refused: Why;
  /** For people: what exactly. */
  readonly message: string;
}

export const refused = (why: Why, message = ''): Refused => ({ refused: why, message });
export const isRefused = (value: unknown): value is Refused => typeof value === 'object' && value !== null && 'refused' in value && !('details' in value);
