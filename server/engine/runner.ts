import type { Command } from '@parley/core/centre/command.ts';
import { nextTimer } from '@parley/core/centre/timers.ts';
import type { Order } from '@parley/core/voice/order.ts';
import type { Sent } from './engine.ts';
import type { GroupCommit } from './group-commit.ts';
import { Overloaded } from './lanes.ts';
import type { Outcome, Shard } from './shard.ts';
import type { Tellings } from './tellings.ts';

/** Whoever sent a command. */
export interface Asker {
  readonly answered: (sent: Sent) => void;
  readonly failed: (error: Error) => void;
}

/** For what nobody asked: a timer, a report. */
export const NOBODY: Asker = { answered: () => undefined, failed: () => undefined };

export interface RunnerDependencies {
  readonly clock: () => number;
  readonly commits: Pick<GroupCommit, 'add'>;
  readonly tellings: Pick<Tellings, 'deliver'>;
  readonly perform: (vdnId: number, order: Order) => void;
  /** The next timer is due then. */
  readonly onNext: (at: number) => void;
  /** Whether a timer was tried and cannot be carried out. */
  readonly isPoisoned: (vdnId: number, key: string) => boolean;
  /** A decision threw: half of it is in force, and the state is not to be used any more. */
  readonly onSpoilt: (shard: Shard, command: Command, error: Error) => void;
  readonly onJournaled: (shard: Shard) => void;
}

/** Carries commands out on a contact centre that is in memory; who asked is answered when all that the decision saw is journaled. */
export interface Runner {
  readonly run: (shard: Shard, command: Command, asker: Asker) => void;
  /** Does what is due by the clock, each at its time; false where that spoilt the state. */
  readonly due: (shard: Shard) => boolean;
}

export function createRunner({ clock, commits, tellings, perform, onNext, isPoisoned, onSpoilt, onJournaled }: RunnerDependencies): Runner {
  const carryOut = (shard: Shard, command: Command, at: number, asker: Asker): boolean => {
    let outcome: Outcome;
    try {
      outcome = shard.carryOut(command, at);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error('a decision failed', { cause: thrown });
      shard.isSpoilt = true;
      onSpoilt(shard, command, error);
      asker.failed(error);
      return false;
    }
    const { sent, rows, tellings: told, orders } = outcome;
    commits.add(shard, rows, {
      failed: asker.failed,
      done: () => {
        tellings.deliver(shard.vdnId, told);
        for (const order of orders) perform(shard.vdnId, order);
        asker.answered(sent);
        if (rows.length > 0) onJournaled(shard);
      },
    });
    return true;
  };

  const due = (shard: Shard): boolean => {
    const now = clock();
    const { timers } = shard.centre;
    for (let timer = nextTimer(timers); timer !== undefined; timer = nextTimer(timers)) {
      if (timer.at > now) {
        onNext(timer.at);
        return true;
      }
      const giveUp = isPoisoned(shard.vdnId, timer.key) ? { giveUp: true } : {};
      // Late or not, it happens when it was due, so that what follows from it is in time; but never before what happened already.
      if (!carryOut(shard, { kind: 'timer', ...timer, ...giveUp }, Math.max(timer.at, shard.lastAt), NOBODY)) return false;
    }
    return true;
  };

  return {
    due,
    run: (shard, command, asker) => {
      if (!due(shard)) {
        asker.failed(new Overloaded('the contact centre is being loaded again'));
        return;
      }
      const now = clock();
      shard.lastUsed = now;
      if (!carryOut(shard, command, Math.max(now, shard.lastAt), asker)) return;
      const timer = nextTimer(shard.centre.timers);
      if (timer !== undefined) onNext(timer.at);
    },
  };
}
