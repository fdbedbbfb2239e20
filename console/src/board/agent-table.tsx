import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useMemo, useState, type CSSProperties, type ReactNode } from 'react';
import { Link } from 'wouter';
import { Ticking } from '../show/ticking.tsx';
import { useText } from '../text/catalogue.ts';
import type { LiveAgent, LiveQueue } from '../live/live.ts';
import styles from './board.module.css';
import { boardTexts } from './board-texts.ts';
import { agentsInOrder, groupsOf, type AgentGroup, type AgentOrder, type Grouping, type Order } from './floor.ts';
import { OrderedHead } from './ordered-head.tsx';
import { useReasonOf } from './reasons.ts';
import { StateBadge } from './state-badge.tsx';

const COLUMNS = { '--columns': 'minmax(0, 2.2fr) minmax(0, 1.7fr) minmax(0, 0.8fr) minmax(0, 1.2fr) minmax(0, 2fr) minmax(0, 1.2fr)' } as CSSProperties;
const ARROWS = { in: '↙', out: '↗', internal: '↔' } as const;

function CallCell({ agent: { call, held, chats }, queueName }: { readonly agent: LiveAgent; readonly queueName: string }): ReactNode {
  const text = useText(boardTexts);
  const beside = [held > 0 ? text.heldCalls(held) : '', chats > 0 ? text.chats(chats) : ''].filter((one) => one !== '').join(', ');
  return (
    <span className={styles.call}>
      {call !== null && (
        <Link href={`/calls/${call.callId}`} title={text.openCall(call.callId)}><span aria-hidden>{ARROWS[call.direction]} </span>{text.directions[call.direction]}{queueName !== '' && ` · ${queueName}`}</Link>
      )}
      {beside !== '' && <span className={styles.no}>{beside}</span>}
    </span>
  );
}

interface AgentRowProps {
  readonly agent: LiveAgent;
  readonly queueName: string;
  readonly reason: string;
  readonly onOpen: (workNo: number) => void;
}

/** A row is drawn again when its agent is told of anew, and else never. */
const AgentRow = memo(function AgentRow({ agent, queueName, reason, onOpen }: AgentRowProps) {
  const text = useText(boardTexts);
  const { workNo, name, state, since, takesCalls, next, until } = agent;
  return (
    <div role="row" className={styles.row} data-agent={workNo}>
      <div role="cell" className={styles.cut}><button type="button" className={styles.press} onClick={() => { onOpen(workNo); }}><span className={styles.name}>{name}</span> <span className={styles.no}>{workNo}</span></button></div>
      <div role="cell"><StateBadge state={state} />{!takesCalls && <span className={styles.no}> {text.takesNone}</span>}</div>
      <div role="cell" className={styles.number}><Ticking since={since} /></div>
      <div role="cell" className={styles.cut}>{reason}</div>
      <div role="cell" className={styles.cut}><CallCell agent={agent} queueName={queueName} /></div>
      <div role="cell" className={styles.cut}>{next === null && until !== null ? <>{text.overIn} <Ticking since={until} isCountdown /></> : next !== null && text.following[next]}</div>
    </div>
  );
});

export interface AgentTableProps {
  /** What the table is of, for those who hear it. */
  readonly label: string;
  readonly agents: readonly LiveAgent[];
  readonly queueNames: ReadonlyMap<number, string>;
  readonly onOpen: (workNo: number) => void;
  readonly grouping?: Grouping;
  readonly queues?: readonly LiveQueue[];
}

const NO_QUEUES: readonly LiveQueue[] = [];

/** Agents, dense: who, what, for how long, why, in which call, and what comes next. */
export function AgentTable({ label, agents, queueNames, onOpen, grouping = 'none', queues = NO_QUEUES }: AgentTableProps) {
  const text = useText(boardTexts);
  const reasonOf = useReasonOf();
  const [order, setOrder] = useState<Order<AgentOrder>>({ by: 'name', isDescending: false });
  /** Groups whose head was pressed: queues begin closed, as whoever is in five of them stands there five times. */
  const [pressed, setPressed] = useState<ReadonlySet<AgentGroup['of']>>(new Set());
  const groups = useMemo(() => groupsOf(agentsInOrder(agents, order), grouping, queues), [agents, order, grouping, queues]);

  const nameOf = (of: AgentGroup['of']): string => {
    if (typeof of === 'number') return queueNames.get(of) ?? String(of);
    return of === undefined ? text.noQueue : text.phases[of];
  };
  const press = (of: AgentGroup['of']): void => {
    const after = new Set(pressed);
    if (!after.delete(of)) after.add(of);
    setPressed(after);
  };

  return (
    <div role="table" className={styles.table} style={COLUMNS} aria-label={label}>
      <div role="rowgroup" className={styles.head}>
        <div role="row" className={styles.row}>
          <OrderedHead by="name" title={text.agent} order={order} onOrder={setOrder} />
          <OrderedHead by="state" title={text.state} order={order} onOrder={setOrder} />
          <OrderedHead by="since" title={text.since} order={order} onOrder={setOrder} isNumber />
          <div role="columnheader">{text.reason}</div>
          <OrderedHead by="call" title={text.call} order={order} onOrder={setOrder} />
          <div role="columnheader">{text.next}</div>
        </div>
      </div>
      {groups.map(({ of, agents: ofGroup }) => {
        const isOpen = grouping === 'none' || pressed.has(of) === (grouping === 'queue');
        return (
          <div key={of ?? ''} role="rowgroup">
            {grouping !== 'none' && (
              <div role="row">
                <div role="cell" className={styles.heading}>
                  <button type="button" className={styles.press} aria-expanded={isOpen} onClick={() => { press(of); }}>
                    {isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}{text.group(nameOf(of), ofGroup.length)}
                  </button>
                </div>
              </div>
            )}
            {isOpen && ofGroup.map((agent) => (
              <AgentRow
                key={agent.workNo} agent={agent} queueName={queueNames.get(agent.call?.queueId ?? 0) ?? ''} reason={reasonOf(agent)} onOpen={onOpen}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}
