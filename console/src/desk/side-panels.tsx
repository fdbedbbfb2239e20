import { Anchor, Badge, Button, Group, Stack, Table, Text, Textarea } from '@mantine/core';
import { listCalls } from '@parley/contract/admin/call.ts';
import { setCallAppDataEx } from '@parley/contract/gateway/call-data.ts';
import { Contact, Database, Layers } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { outcomeTexts } from '../outcomes/outcome-texts.ts';
import { useAsked } from '../session/asking.ts';
import { Empty } from '../show/empty.tsx';
import { useNotice } from '../show/notice.ts';
import { Records, type Column } from '../show/records.tsx';
import { Ticking } from '../show/ticking.tsx';
import { useText } from '../text/catalogue.ts';
import { clockText, useFormat } from '../text/format.ts';
import { factsOf, fits } from './call-facts.ts';
import { customerOf, isMeeting } from './calls.ts';
import { doAtDesk, useDesk, type DeskCall, type DeskNow } from './desk.ts';
import { sideTexts } from './desk-texts.ts';
import { useDoing } from './doing.ts';
import { TwoLineRows } from './two-line-rows.tsx';

const HISTORY = 20;
const HISTORY_EVERY_MS = 30_000;

/** What was before with this number. */
export function History({ call, isNarrow }: { readonly call: DeskCall | undefined; readonly isNarrow: boolean }) {
  const text = useText(sideTexts);
  const { outcome } = useText(outcomeTexts);
  const format = useFormat();
  const number = call === undefined || isMeeting(call) ? '' : customerOf(call);
  const calls = useAsked(listCalls, { number, limit: HISTORY }, { enabled: number !== '', everyMs: HISTORY_EVERY_MS });
  if (number === '') return <Empty icon={Contact} title={text.nobody} hint={text.nobodyHint} />;
  type Row = NonNullable<typeof calls.data>['calls'][number];
  const when = ({ callId, beganAt }: Row): ReactNode => <Anchor component={Link} href={`/calls/${callId}`} size="sm">{format.moment(beganAt)}</Anchor>;
  const way = ({ direction, missed }: Row): ReactNode => <Group gap={4} wrap="nowrap">{text.ways[direction]}{missed && <Badge size="xs" color="red" variant="light" tt="none">{text.missed}</Badge>}</Group>;
  const agent = ({ agentName, workNo }: Row): ReactNode => agentName || workNo;
  const noted = ({ outcomes }: Row): string => outcomes.map(({ name }) => name).join(', ');
  const talked = ({ talkSeconds }: Row): string => clockText(talkSeconds * 1000);
  const columns: readonly Column<Row>[] = [
    { id: 'when', title: text.when, render: when }, { id: 'way', title: text.way, render: way }, { id: 'queue', title: text.queue, render: ({ queueName }) => queueName },
    { id: 'agent', title: text.agent, render: agent }, { id: 'outcome', title: outcome, render: noted }, { id: 'talked', title: text.talked, isNumber: true, render: talked },
  ];
  const idOf = ({ callId }: Row): string => callId;
  return (
    <Stack gap="xs">
      <Group gap="xs" align="baseline"><Text fw={600} fz="lg">{number}</Text><Text size="sm" c="dimmed">{text.history}</Text></Group>
      {isNarrow && calls.data !== undefined && calls.data.calls.length > 0
        ? (
          <TwoLineRows
            label={text.history} rows={calls.data.calls} idOf={idOf}
            first={(row) => [when(row), <Group key="way" gap="xs" wrap="nowrap">{way(row)}{talked(row)}</Group>]} second={(row) => [row.queueName, agent(row), noted(row)]}
          />
        ) : (
          <Records
            label={text.history} rows={calls.data?.calls} idOf={idOf} columns={columns} error={calls.error} onRetry={() => { void calls.refetch(); }} maxHeight={420}
            empty={<Empty icon={Contact} title={text.historyEmpty} hint={text.historyEmptyHint} />}
          />
        )}
    </Stack>
  );
}

function DataEditor({ call, onDone }: { readonly call: DeskCall; readonly onDone: () => void }) {
  const text = useText(sideTexts);
  const notice = useNotice();
  const { run, isBusy } = useDoing();
  const [data, setData] = useState(call.data);
  const save = async (): Promise<void> => {
    if (!await run(() => doAtDesk(setCallAppDataEx, { callid: call.callId, calldata: data, isDataEncoded: false }))) return;
    notice.done(text.dataSaved);
    onDone();
  };
  return (
    <Stack gap="xs">
      <Textarea label={text.dataText} autosize minRows={5} maxRows={16} value={data} autoFocus error={fits(data) ? undefined : text.tooLong} onChange={(event) => { setData(event.currentTarget.value); }} />
      <Group gap={6}>
        <Button size="xs" disabled={!fits(data)} loading={isBusy} onClick={() => { void save(); }}>{text.save}</Button>
        <Button size="xs" variant="default" onClick={onDone}>{text.cancel}</Button>
      </Group>
    </Stack>
  );
}

/** What goes along with the call (6.1.3.3). */
export function CallData({ call }: { readonly call: DeskCall | undefined }) {
  const text = useText(sideTexts);
  const [edited, setEdited] = useState<string>();
  if (call === undefined) return <Empty icon={Database} title={text.dataNone} hint={text.dataEmptyHint} />;
  if (edited === call.callId) return <DataEditor call={call} onDone={() => { setEdited(undefined); }} />;
  const edit = <Button size="xs" variant="default" onClick={() => { setEdited(call.callId); }}>{text.edit}</Button>;
  if (call.data === '') return <Empty icon={Database} title={text.dataEmpty} hint={text.dataEmptyHint} action={edit} />;
  const facts = factsOf(call.data);
  return (
    <Stack gap="xs" align="flex-start">
      {facts === undefined ? <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{call.data}</Text> : (
        <Table withTableBorder striped aria-label={text.dataText}>
          <Table.Thead><Table.Tr><Table.Th>{text.field}</Table.Th><Table.Th>{text.value}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{facts.map(([name, value]) => <Table.Tr key={name}><Table.Td>{name}</Table.Td><Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      )}
      {edit}
    </Stack>
  );
}

type Queue = DeskNow['queues'][number];

/** Who waits, queue by queue. */
export function Waiting({ queues, isNarrow }: { readonly queues: readonly Queue[]; readonly isNarrow: boolean }) {
  const text = useText(sideTexts);
  const { aheadMs } = useDesk();
  const waits = ({ waiting }: Queue): ReactNode => <Text span size="sm" fw={waiting > 0 ? 700 : 400}>{waiting}</Text>;
  const longest = ({ longestSince }: Queue): ReactNode => (longestSince === null ? '–' : <Ticking since={longestSince + aheadMs} />);
  const idOf = ({ queueId }: Queue): number => queueId;
  if (isNarrow && queues.length > 0) {
    return (
      <TwoLineRows
        label={text.waiting} rows={queues} idOf={idOf} first={(queue) => [queue.name, <>{text.waits}: {waits(queue)}</>]}
        second={(queue) => [<>{text.longest}: {longest(queue)}</>]}
      />
    );
  }
  const columns: readonly Column<Queue>[] = [
    { id: 'queue', title: text.queue, orderBy: ({ name }) => name, render: ({ name }) => name },
    { id: 'waits', title: text.waits, isNumber: true, orderBy: ({ waiting }) => waiting, render: waits },
    { id: 'longest', title: text.longest, isNumber: true, orderBy: ({ longestSince }) => -(longestSince ?? Infinity), render: longest },
  ];
  return <Records label={text.waiting} rows={queues} idOf={idOf} columns={columns} empty={<Empty icon={Layers} title={text.queuesEmpty} hint={text.queuesEmptyHint} />} />;
}
