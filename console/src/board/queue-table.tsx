import { Text } from '@mantine/core';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useCallback, useMemo, useState, type CSSProperties, type ReactNode } from 'react';
import { Ticking } from '../show/ticking.tsx';
import { useText } from '../text/catalogue.ts';
import { useFormat, type Format } from '../text/format.ts';
import type { Floor, LiveAgent, LiveQueue } from '../live/live.ts';
import { AgentTable, type AgentTableProps } from './agent-table.tsx';
import styles from './board.module.css';
import { boardTexts } from './board-texts.ts';
import { levelOf, queuesInOrder, WAIT_LEVELS, type Order, type QueueOrder } from './floor.ts';
import { OrderedHead } from './ordered-head.tsx';

const AGENTS_BY = ['signedIn', 'ready', 'ringing', 'talking', 'wrapUp', 'busy', 'rest'] as const;
const COLUMNS = { '--columns': `minmax(0, 2.6fr) minmax(0, 1.7fr) minmax(0, 1fr) minmax(0, 1.3fr) minmax(0, 1.3fr) repeat(${AGENTS_BY.length - 1}, minmax(0, 1fr))` } as CSSProperties;

const Count = ({ of }: { readonly of: number }): ReactNode => (of === 0 ? <span className={styles.zero}>0</span> : of);

interface QueueRowProps {
  readonly queue: LiveQueue;
  readonly format: Format;
  readonly isOpen: boolean;
  readonly onToggle: (queueId: number) => void;
}

/** A row is drawn again when its queue is told of anew, and else never. */
const QueueRow = memo(function QueueRow({ queue, format, isOpen, onToggle }: QueueRowProps) {
  const { queueId, name, today, waiting, longestSince } = queue;
  return (
    <div role="row" className={styles.row} data-queue={queueId}>
      <div role="cell" className={styles.cut}>
        <button type="button" className={styles.press} aria-expanded={isOpen} onClick={() => { onToggle(queueId); }}>
          {isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}<span className={styles.name}>{name}</span>
        </button>
      </div>
      <div role="cell" className={styles.number}>
        {today === null || today.calls === 0 ? <span className={styles.zero}>–</span>
          : <><span className={styles.figure} data-level={levelOf(today)}>{format.share(today.inTime, today.calls)}</span> <span className={styles.no}>{today.inTime}/{today.calls}</span></>}
      </div>
      <div role="cell" className={styles.number}><Count of={waiting} /></div>
      <div role="cell" className={styles.number}>{longestSince === null ? <span className={styles.zero}>–</span> : <Ticking since={longestSince} levels={WAIT_LEVELS} className={styles.figure} />}</div>
      {AGENTS_BY.map((by) => <div role="cell" key={by} className={styles.number}><Count of={queue[by]} /></div>)}
    </div>
  );
});

interface InQueueProps extends Pick<AgentTableProps, 'queueNames' | 'onOpen'> {
  readonly queue: LiveQueue;
  readonly agents: readonly LiveAgent[];
}

/** Who is in a queue. */
function InQueue({ queue: { queueId, name }, agents, queueNames, onOpen }: InQueueProps) {
  const text = useText(boardTexts);
  const inIt = agents.filter(({ queues }) => queues.includes(queueId));
  return (
    <div role="row">
      <div role="cell" className={styles.inner}>
        {inIt.length === 0 ? <Text size="sm" c="dimmed">{text.nobodyInQueue}</Text> : <AgentTable label={text.inQueue(name)} agents={inIt} queueNames={queueNames} onOpen={onOpen} />}
      </div>
    </div>
  );
}

export interface QueueTableProps extends Pick<AgentTableProps, 'queueNames' | 'onOpen'> {
  readonly floor: Floor;
}

/** The queues, each of which opens to who is in it. */
export function QueueTable({ floor: { queues, agents }, queueNames, onOpen }: QueueTableProps) {
  const text = useText(boardTexts);
  const format = useFormat();
  const [order, setOrder] = useState<Order<QueueOrder>>({ by: 'name', isDescending: false });
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const toggle = useCallback((queueId: number) => {
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(queueId)) after.add(queueId);
      return after;
    });
  }, []);
  const shown = useMemo(() => queuesInOrder(queues, order), [queues, order]);
  const head = { order, onOrder: setOrder, isNumber: true, isLargestFirst: true };
  return (
    <div role="table" className={styles.table} style={COLUMNS} aria-label={text.queues}>
      <div role="rowgroup" className={styles.head}>
        <div role="row" className={styles.row}>
          <OrderedHead by="name" title={text.queue} order={order} onOrder={setOrder} />
          <OrderedHead by="level" title={text.levelShort} {...head} isLargestFirst={false} />
          <OrderedHead by="waiting" title={text.waiting} {...head} />
          <OrderedHead by="longest" title={text.longestShort} {...head} />
          {AGENTS_BY.map((by) => <OrderedHead key={by} by={by} title={text[by]} {...head} />)}
        </div>
      </div>
      <div role="rowgroup">
        {shown.map((queue) => [
          <QueueRow key={queue.queueId} queue={queue} format={format} isOpen={open.has(queue.queueId)} onToggle={toggle} />,
          open.has(queue.queueId) && <InQueue key={`${queue.queueId} in`} queue={queue} agents={agents} queueNames={queueNames} onOpen={onOpen} />,
        ])}
      </div>
    </div>
  );
}
