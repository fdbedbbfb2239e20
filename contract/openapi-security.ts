import type { Operation, Scheme } from './operation.ts';

type Requirement = Readonly<Record<string, readonly string[]>>;

const apiKey = (place: 'header' | 'cookie', name: string, description: string) => ({ type: 'apiKey', in: place, name, description });

/** How the schemes of chapter 4 and the console's session stand in the document. */
const schemes = {
  C1: { type: 'http', scheme: 'bearer', description: 'A token of `tokenByAkSk` (4.2).' },
  C2: apiKey('header', 'Authorization', 'A signature: `auth-v2/{accessKey}/{time}/{signedHeaders}/{signature}` (4.3). It covers method, path, query, the named headers and the body.'),
  C3: apiKey('header', 'authToken', 'A token of the chatbot (4.4); many operations take it as the field `authToken` of the body instead.'),
  C3App: apiKey('header', 'appkey', 'The app key to which the token of the header `authToken` belongs (4.4).'),
  C4: apiKey('header', 'guid', 'The GUID that signing in answered, in the headers `Guid` and `Set-GUID` (4.5). It may change while the session lasts.'),
  C5: apiKey('header', 'Guid', 'The GUID that `configLogin` answered (4.6).'),
  OMA: apiKey('header', 'X-Auth-Token', 'A token that an operator has issued for a tenant, or for all of them (15.1).'),
  session: apiKey('cookie', 'parley_session', 'The session of the console.'),
  csrf: apiKey('header', 'x-csrf-token', 'Goes with the cookie in every request that changes something.'),
  sessionToken: { type: 'http', scheme: 'bearer', description: 'The token of a session, for scripts; it needs no CSRF header.' },
} as const;

const requirements = (op: Operation): readonly Requirement[] => {
  const bySchemes: Readonly<Record<Scheme, readonly Requirement[]>> = {
    none: [],
    C1: [{ C1: [] }, { session: [], csrf: [] }],
    'C1-or-body': [{ C1: [] }, {}],
    C2: [{ C2: [] }],
    C3: [{ C3: [] }, { C3: [], C3App: [] }],
    C4: [{ C4: [] }],
    C5: [{ C5: [] }],
    OMA: [{ OMA: [] }],
    session: [op.method === 'GET' ? { session: [] } : { session: [], csrf: [] }, { sessionToken: [] }],
  };
  return bySchemes[op.auth];
};

export const securityOf = requirements;

/** Only the schemes that some operation needs. */
export function securitySchemes(operations: readonly Operation[]): Record<string, object> {
  const used = new Set(operations.flatMap(requirements).flatMap((requirement) => Object.keys(requirement)));
  return Object.fromEntries(Object.entries(schemes).filter(([name]) => used.has(name)));
}
