import { readAddress } from '../message/address.ts';
import { reasonOf } from '../message/reasons.ts';
import { readUri, writeUri } from '../message/uri.ts';
import type { ServerTransaction } from '../transaction/transactions.ts';
import { reply } from './agent.ts';
import { sequenceOf } from './dialog.ts';
import { ask, type Talk } from './talk.ts';

/** REFER within a dialog (RFC 3515), of which the other end is told by NOTIFY unless it does not want that (RFC 4488). */
export interface Referrals {
  readonly take: (transaction: ServerTransaction) => void;
}

const MOST_AT_ONCE = 4;
const DECIDES_WITHIN = 10_000;
/** How long one who was referred may take to get there, in seconds; after that nobody is told any more. */
const LASTS = 180;

export function createReferrals(talk: Talk): Referrals {
  const { agent } = talk;
  let standing = 0;
  let isFirst = true;
  let turn: Promise<void> = Promise.resolve();

  const notify = (event: string, state: string, status: number): void => {
    const body = { contentType: 'message/sipfrag;version=2.0', content: `SIP/2.0 ${status} ${reasonOf(status)}\r\n` };
    // One after the other, as one that overtakes another is refused (RFC 3261 12.2.2).
    const before = turn;
    const send = async (): Promise<void> => {
      await before;
      if (!talk.isOver()) await ask(talk, 'NOTIFY', { hasContact: true, headers: { 'Event': event, 'Subscription-State': state }, body });
    };
    turn = send();
  };

  /** Accepts and answers what tells how it goes; only a final status ends it, and only one does. */
  const accept = (transaction: ServerTransaction): ((status: number) => void) => {
    const isSilent = transaction.request.headers.get('Refer-Sub')?.trim().toLowerCase() === 'false';
    reply(agent, transaction, 202, isSilent ? { headers: { 'Refer-Sub': 'false' } } : {});
    // Only the first one of a dialog may go without a name (RFC 3515 2.4.6), which is what simple telephones expect.
    const event = isFirst ? 'refer' : `refer;id=${sequenceOf(transaction.request)}`;
    isFirst = false;
    if (isSilent) return () => undefined;
    standing += 1;
    let isOver = false;
    const tell = (status: number): void => {
      if (isOver || talk.isOver()) return;
      if (status < 200) {
        notify(event, `active;expires=${LASTS}`, status);
        return;
      }
      isOver = true;
      standing -= 1;
      callOff();
      notify(event, 'terminated;reason=noresource', status);
    };
    const callOff = talk.later(LASTS * 1000, () => { tell(408); });
    // At once, whatever becomes of it (RFC 3515 2.4.4).
    tell(100);
    return tell;
  };

  return {
    take: (transaction) => {
      const { request } = transaction;
      const values = request.headers.list('Refer-To');
      const address = values[0] === undefined ? undefined : readAddress(values[0]);
      const uri = address === undefined ? undefined : readUri(address.uri);
      // RFC 3515 2.4.2: exactly one.
      if (values.length !== 1 || address === undefined) reply(agent, transaction, 400);
      else if (uri === undefined) reply(agent, transaction, 416);
      // Anything else than a call would have to be a method of its own.
      else if ((uri.params.get('method') ?? 'INVITE').toUpperCase() !== 'INVITE') reply(agent, transaction, 501);
      else if (standing >= MOST_AT_ONCE || !talk.isUp) reply(agent, transaction, 480);
      else {
        let isDecided = false;
        const once = <T>(work: () => T, otherwise: T): T => {
          if (isDecided) return otherwise;
          isDecided = true;
          late();
          forget();
          return work();
        };
        const refuse = (status: number): void => { once(() => { reply(agent, transaction, status >= 300 && status < 700 ? status : 603); }, undefined); };
        const late = talk.later(DECIDES_WITHIN, () => { refuse(480); });
        const forget = talk.onOver(() => { refuse(481); });
        const [, replaces] = uri.headers.find(([name]) => name.toLowerCase() === 'replaces') ?? [];
        const bare = new Map(uri.params);
        bare.delete('method');
        talk.tell({
          kind: 'referred', to: writeUri({ ...uri, params: bare, headers: [] }), ...(replaces === undefined ? {} : { replaces }),
          refuse,
          accept: () => once(() => accept(transaction), () => undefined),
        });
      }
    },
  };
}

