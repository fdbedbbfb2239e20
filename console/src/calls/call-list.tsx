import { Badge, Group, Text } from '@mantine/core';
import { listCalls } from '@parley/contract/admin/call.ts';
import type { Result } from '@parley/contract/operation.ts';
import { ArrowDownLeft, ArrowUpRight, PhoneCall, Users } from 'lucide-react';
import { outcomeTexts } from '../outcomes/outcome-texts.ts';
import { useAskedByPage } from '../session/asking.ts';
import { Empty } from '../show/empty.tsx';
import { Records, type Column } from '../show/records.tsx';
import { Ticking } from '../show/ticking.tsx';
import { useText } from '../text/catalogue.ts';
import { clockText, useFormat } from '../text/format.ts';
import { callTexts } from './call-texts.ts';
import { useOutcomeChoices } from './choices.ts';
import { Coded } from './coded.tsx';
import { askedOf, isNarrowed, type CallSearch, type Direction } from './search.ts';

type Call = Result<typeof listCalls>['calls'][number];

/** How often calls that go on are asked for again. */
export const LIVE_MS = 2000;

const ARROWS = { in: ArrowDownLeft, out: ArrowUpRight, internal: Users } as const;

/** Which way a call went. */
export function DirectionMark({ direction }: { readonly direction: Direction }) {
  const text = useText(callTexts);
  const Arrow = ARROWS[direction];
  return <Group gap={4} wrap="nowrap"><Arrow size={14} aria-hidden />{text.directions[direction]}</Group>;
}

/** What became of a call, or what happens to it now. */
export function Outcome({ call: { missed, cause, stage, stageSince } }: { readonly call: Call }) {
  const text = useText(callTexts);
  if (stage !== null) return <Group gap={6} wrap="nowrap"><Badge variant="light" color="teal" flex="none">{text.stages[stage]}</Badge>{stageSince !== null && <Ticking since={stageSince} />}</Group>;
  return <>{missed && <Badge variant="light" color="red" mr={6}>{text.isMissed}</Badge>}{cause !== null && <Coded kind="causes" code={cause} />}</>;
}

export interface CallListProps {
  readonly search: CallSearch;
  readonly onOpen: (callId: string) => void;
}

/** The calls that were found, the latest first. */
export function CallList({ search, onOpen }: CallListProps) {
  const text = useText(callTexts);
  const format = useFormat();
  const found = useAskedByPage(listCalls, askedOf(search), 'before', search.isLive ? { everyMs: LIVE_MS } : {});
  const hasOutcomes = useOutcomeChoices().length > 0;
  const { outcome } = useText(outcomeTexts);
  const seconds = (id: string, title: string, of: (call: Call) => number): Column<Call> => ({ id, title, isNumber: true, orderBy: of, render: (call) => clockText(of(call) * 1000) });
  const columns: readonly Column<Call>[] = [
    { id: 'began', title: text.began, render: ({ beganAt }) => <Text span inherit style={{ whiteSpace: 'nowrap' }}>{format.moment(beganAt)}</Text> },
    { id: 'caller', title: text.caller, orderBy: ({ caller }) => caller, render: ({ caller }) => (caller === '' ? <Text span size="sm" c="dimmed">{text.withheld}</Text> : caller) },
    { id: 'called', title: text.called, orderBy: ({ called }) => called, render: ({ called }) => called },
    { id: 'direction', title: text.direction, render: ({ direction }) => <DirectionMark direction={direction} /> },
    { id: 'queue', title: text.queue, orderBy: ({ queueName }) => queueName, render: ({ queueName, queueId }) => queueName || queueId },
    { id: 'agent', title: text.agent, orderBy: ({ workNo }) => workNo ?? 0, render: ({ workNo, agentName }) => workNo !== null && `${workNo} ${agentName}` },
    seconds('wait', text.wait, ({ waitSeconds }) => waitSeconds),
    seconds('talk', text.talk, ({ talkSeconds }) => talkSeconds),
    { id: 'outcome', title: search.isLive ? text.now : text.outcome, render: (call) => <Outcome call={call} /> },
    ...(hasOutcomes ? [{ id: 'noted', title: outcome, render: ({ outcomes }: Call) => outcomes.map(({ name }) => name).join(', ') }] : []),
  ];
  const isAll = !isNarrowed(search) && !search.isMissed;
  return (
    <Records
      label={text.title} rows={found.data?.pages.flatMap(({ calls }) => calls)} idOf={({ callId }) => callId} columns={columns} error={found.error} onRetry={() => { void found.refetch(); }}
      onOpen={({ callId }) => { onOpen(callId); }} more={{ isThere: found.hasNextPage, isLoading: found.isFetchingNextPage, show: () => { void found.fetchNextPage(); } }}
      empty={(
        <Empty
          icon={PhoneCall} title={isAll ? (search.isLive ? text.emptyLive : text.emptyAll) : text.empty} hint={isAll ? (search.isLive ? text.emptyLiveHint : text.emptyAllHint) : text.emptyHint}
        />
      )}
    />
  );
}
