import type { ConfigChange } from '@parley/core/centre/config.ts';
import { diffAgents, diffConfig } from '@parley/core/centre/config-diff.ts';
import { playsIn } from '@parley/core/conference/announcements.ts';
import { playbacksIn } from '@parley/core/playback/playback.ts';
import { flowRecordingsIn } from '@parley/core/recording/flow-recording.ts';
import { recordingsIn } from '@parley/core/recording/recording.ts';
import type { OnFault } from './fault.ts';
import type { GroupCommit } from './group-commit.ts';
import { Overloaded } from './lanes.ts';
import { loadShard, type LoadingDependencies } from './load-shard.ts';
import { isFresh, type Mailbox } from './mailboxes.ts';
import { NOBODY, type Runner } from './runner.ts';
import type { Shard } from './shard.ts';
import { missedOrders, missedReports } from './take-over.ts';
import type { VoiceDesk } from './voice-desk.ts';

export interface PreparationDependencies extends Omit<LoadingDependencies, 'onLeg'> {
  readonly commits: Pick<GroupCommit, 'add' | 'settled'>;
  readonly runner: Runner;
  readonly desk: Pick<VoiceDesk, 'standing' | 'bind' | 'perform'>;
  readonly configOf: (vdnId: number, agents?: readonly number[]) => Promise<ConfigChange>;
  readonly onFault: OnFault;
}

/** Brings a contact centre to where its journal, its configuration and the voice port say it is. */
export interface Preparation {
  readonly prepare: (box: Mailbox) => Promise<void>;
  /** After what waited was done: what the voice port did meanwhile, and what it was perhaps never told. */
  readonly takeOver: (box: Mailbox, shard: Shard) => void;
}

export function createPreparation(deps: PreparationDependencies): Preparation {
  const { tellings, commits, runner, desk, configOf, onFault } = deps;
  const loading: LoadingDependencies = { ...deps, onLeg: desk.bind };

  const load = async (box: Mailbox): Promise<void> => {
    // What was decided before the state was spoilt is still on its way into the journal.
    if (box.former !== undefined) await commits.settled();
    const { shard, missed } = await loadShard(loading, box.vdnId, box.former?.journaled);
    box.shard = shard;
    box.former = undefined;
    box.stale = 'all';
    tellings.deliver(box.vdnId, missed);
    const { legs, calls } = shard.centre;
    if (legs.size > 0 || calls.size > 0) box.asksFor ??= desk.standing;
    else box.asksFor = undefined;
  };

  const configure = async (box: Mailbox, shard: Shard, stale: 'all' | ReadonlySet<number>): Promise<void> => {
    box.stale = undefined;
    const agents = stale === 'all' ? undefined : [...stale];
    let rows: ConfigChange;
    try {
      rows = await configOf(box.vdnId, agents);
    } catch (error) {
      box.stale = 'all';
      throw new Overloaded('the configuration cannot be read', { cause: error });
    }
    if (box.shard !== shard) return;
    const { config } = shard.centre;
    const change = agents === undefined ? diffConfig(config, rows) : diffAgents(config, agents, rows.agents ?? []);
    if (change !== undefined) runner.run(shard, { kind: 'configure', change }, NOBODY);
    // To load it again at once would lead here again.
    if (shard.isSpoilt) throw new Error('the configuration cannot be put in force');
  };

  const compare = async (box: Mailbox, shard: Shard, asksFor: VoiceDesk['standing']): Promise<void> => {
    try {
      const standing = await asksFor();
      box.asksFor = undefined;
      if (box.shard === shard) box.compare = { known: [...shard.centre.legs.keys()], plays: [...playsIn(shard.centre), ...playbacksIn(shard.centre)], recordings: recordingsIn(shard.centre), flowRecordings: flowRecordingsIn(shard.centre), standing };
    } catch (error) {
      onFault('the voice port does not say which legs stand', { vdnId: box.vdnId, error });
      box.asksFor = undefined;
      box.isUnchecked = true;
    }
  };

  return {
    prepare: async (box) => {
      while (!isFresh(box)) {
        const { shard, stale, asksFor } = box;
        if (shard === undefined) await load(box);
        else if (stale !== undefined) await configure(box, shard, stale);
        else if (asksFor !== undefined) await compare(box, shard, asksFor);
      }
    },
    takeOver: (box, shard) => {
      const { compare: found } = box;
      box.compare = undefined;
      if (found !== undefined) {
        const { centre } = shard;
        const arranged = shard.rearrange();
        for (const report of missedReports(centre, found.known, found.standing)) {
          if (!shard.isSpoilt) runner.run(shard, { kind: 'legReported', report }, NOBODY);
        }
        for (const play of found.plays) if (!shard.isSpoilt) runner.run(shard, { kind: 'playEnded', play, why: 'stopped' }, NOBODY);
        for (const record of found.recordings) if (!shard.isSpoilt) runner.run(shard, { kind: 'recordLost', record }, NOBODY);
        for (const file of found.flowRecordings) if (!shard.isSpoilt) runner.run(shard, { kind: 'flowRecorded', file, why: 'lost' }, NOBODY);
        if (shard.isSpoilt) return;
        const orders = missedOrders(centre, found.standing, arranged);
        commits.add(shard, [], { failed: NOBODY.failed, done: () => { for (const order of orders) desk.perform(box.vdnId, order); } });
      }
      runner.due(shard);
    },
  };
}
