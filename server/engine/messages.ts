/** What an agent writes to the customer of a session (6.1.5.1). */
export interface Message {
  readonly call: string;
  readonly agent: number;
  /** The channel's configuration and the customer, as the session knows them: what a client says of the two decides nothing. */
  readonly channel: string;
  readonly user: string;
  /** Kind of content by Table 6-255; plain text is TEXT. */
  readonly mediaType: string;
  readonly content: string;
  /** Of a file, and whether it comes from the library of the online chat rather than from the agent. */
  readonly fileType: string | undefined;
  readonly isFromLibrary: boolean;
  /** The client's own id of it: a message that comes twice under the same one is one message. */
  readonly code: string | undefined;
  /** How the customer sees the agent. */
  readonly nickname: string;
  readonly avatar: string;
  readonly at: number;
}

export type Delivered =
  | { readonly ok: true }
  /** For people: why nobody will ever read it. */
  | { readonly ok: false; readonly message: string };

/**
 * The channels by which customers write and read. What `deliver` takes is kept by the channel, in the order of the calls
 * within a session, until the customer has fetched it; nothing of it is journaled. It answers within DELIVERY_MS. What customers
 * write comes the other way, by `received` of server/modules/media-call.
 */
export interface Messages {
  readonly deliver: (vdnId: number, message: Message) => Promise<Delivered>;
}

export const DELIVERY_MS = 5000;

/** Where no channel is connected, nobody can be written to, and whoever tries is told so. */
export const noChannel: Messages = { deliver: () => Promise.resolve({ ok: false, message: 'no channel is connected' }) };
