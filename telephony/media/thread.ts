import { openAnother } from './another-end.ts';
import type { NegotiatedEnd } from './end.ts';
import { borrow, lend, type Lending } from './lent-end.ts';
import { negotiate } from './negotiate.ts';
import { refused, type MediaAnswer, type MediaOrder } from './order.ts';
import { createSwitchboard, type Switchboard, type SwitchboardDependencies } from './switchboard.ts';
import type { FromThread, ToThread } from './threads.ts';
import { createTicker } from './ticker.ts';

export interface ThreadDependencies extends Omit<SwitchboardDependencies, 'tell'> {
  readonly post: (message: FromThread) => void;
}

export interface MediaThread {
  readonly take: (message: ToThread) => void;
  readonly close: () => Promise<void>;
}

/** A leg whose sound is made elsewhere. */
interface Lent {
  readonly lending: Lending;
  end: NegotiatedEnd;
}

/** One thread of the media engine: orders of one leg are carried out one after the other, all others at once. */
export function createThread({ post, ...dependencies }: ThreadDependencies): MediaThread {
  const board: Switchboard = createSwitchboard({ ...dependencies, tell: (report) => { post({ kind: 'report', report }); } });
  const ticker = createTicker(board.tick, board.isBusy, dependencies.now);
  const lent = new Map<string, Lent>();
  /** The last order of each leg that is not done: opening and negotiating take a while. */
  const underWay = new Map<string, Promise<unknown>>();

  /** Legs whose sound is made elsewhere are negotiated here all the same. */
  const negotiateLent = async (end: NegotiatedEnd, lending: Lending, order: MediaOrder): Promise<MediaAnswer> => {
    if (order.kind === 'offer' || order.kind === 'answer' || order.kind === 'accept') return negotiate(end, order, lending.agreed);
    return order.kind === 'heard' ? { ok: true, ms: end.quietMs() } : refused('unknownLeg');
  };

  const reopenLent = async (away: Lent, order: Extract<MediaOrder, { kind: 'reopen' }>): Promise<MediaAnswer> => {
    const { end, answer } = await openAnother(order, dependencies.openEnd);
    if (end === undefined) return answer;
    const former = away.end;
    away.end = end;
    away.lending.replace(end);
    former.close();
    return answer;
  };

  const carryOut = (order: MediaOrder): Promise<MediaAnswer> => {
    if ('leg' in order) {
      const away = lent.get(order.leg);
      if (order.kind === 'close' && away !== undefined) {
        away.lending.end();
        away.end.close();
        lent.delete(order.leg);
        return board.perform(order);
      }
      if (away !== undefined && order.kind === 'reopen') return reopenLent(away, order);
      if (away !== undefined) return negotiateLent(away.end, away.lending, order);
    }
    return board.perform(order);
  };

  const perform = async (order: MediaOrder): Promise<MediaAnswer> => {
    if (!('leg' in order)) return carryOut(order);
    const { leg } = order;
    const before = underWay.get(leg);
    const work = before === undefined ? carryOut(order) : before.then(() => carryOut(order));
    const done = work.catch(() => undefined);
    underWay.set(leg, done);
    try {
      return await work;
    } finally {
      if (underWay.get(leg) === done) underWay.delete(leg);
    }
  };

  const answerTo = async (number: number | undefined, order: MediaOrder): Promise<void> => {
    const answer = await perform(order).catch((error: unknown) => refused('failed', error instanceof Error ? error.message : String(error)));
    if (number !== undefined) post({ kind: 'answer', number, answer });
    ticker.wake();
  };

  const afterOrders = (leg: string, work: () => void): void => {
    const before = underWay.get(leg);
    if (before === undefined) work();
    else void before.then(work);
  };

  return {
    take: (message) => {
      switch (message.kind) {
        case 'order':
          void answerTo(message.number, message.order);
          return;
        case 'lend':
          afterOrders(message.leg, () => {
            const end = lent.get(message.leg)?.end ?? board.takeOut(message.leg);
            lent.get(message.leg)?.lending.end();
            if (end === undefined) message.port.close();
            else lent.set(message.leg, { end, lending: lend(end, message.port) });
          });
          return;
        case 'reclaim':
          afterOrders(message.leg, () => {
            const away = lent.get(message.leg);
            if (away === undefined) return;
            away.lending.end();
            lent.delete(message.leg);
            board.bringIn(message.leg, away.end, message.isUp);
            ticker.wake();
          });
          return;
        case 'borrow':
          afterOrders(message.leg, () => {
            const end = borrow(message.port, () => { board.agreedAnew(message.leg); });
            board.bringIn(message.leg, end, message.isUp);
            ticker.wake();
          });
          return;
        default:
          message satisfies never;
      }
    },
    close: async () => {
      ticker.stop();
      for (const { end, lending } of lent.values()) {
        lending.end();
        end.close();
      }
      await board.close();
    },
  };
}
