import { Badge, Button, Code, Group, Modal, Text, TextInput } from '@mantine/core';
import { Eraser, Pause, Play, Waypoints } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { findDesk, useAgentEvents, useDesk, type AgentEventSeen } from '../desk/desk.ts';
import { CopyBlock, CopyButton } from '../show/copy.tsx';
import { Empty } from '../show/empty.tsx';
import { Page } from '../show/page.tsx';
import { Records, type Column } from '../show/records.tsx';
import { useText } from '../text/catalogue.ts';
import { useFormat } from '../text/format.ts';
import { eventTexts } from './developer-texts.ts';
import { createNumbering, linesOf, matching, since } from './events.ts';

const numberOf = createNumbering();

function useMomentText(): (at: number) => string {
  const { time } = useFormat();
  return (at) => `${time(at)}.${String(at % 1000).padStart(3, '0')}`;
}

function NothingYet({ isFiltered }: { readonly isFiltered: boolean }) {
  const text = useText(eventTexts);
  const { standing } = useDesk();
  if (isFiltered) return <Empty icon={Waypoints} title={text.none} hint={text.noneHint} />;
  if (standing === 'open') return <Empty icon={Waypoints} title={text.waiting} hint={text.waitingHint} />;
  const toDesk = <Button component={Link} href="/desk">{text.toDesk}</Button>;
  if (standing === 'elsewhere') return <Empty icon={Waypoints} title={text.elsewhere} hint={text.elsewhereHint} action={toDesk} />;
  return <Empty icon={Waypoints} title={text.closed} hint={text.closedHint} action={toDesk} />;
}

/** The events of one's own agent session as they come. */
export function EventsPage() {
  const text = useText(eventTexts);
  const momentText = useMomentText();
  const { standing } = useDesk();
  const live = useAgentEvents();
  const [held, setHeld] = useState<readonly AgentEventSeen[]>();
  const [clearedAt, setClearedAt] = useState<AgentEventSeen>();
  const [words, setWords] = useState('');
  const [opened, setOpened] = useState<AgentEventSeen>();
  useEffect(() => { if (standing === 'unknown') void findDesk(); }, [standing]);

  const shown = matching(since(held ?? live, clearedAt), words);
  const missed = held === undefined ? 0 : since(live, held.at(-1)).length;
  const clear = (): void => {
    setClearedAt(live.at(-1));
    if (held !== undefined) setHeld(live);
  };
  const columns: readonly Column<AgentEventSeen>[] = [
    { id: 'at', title: text.at, width: 150, render: ({ at }) => momentText(at) },
    { id: 'type', title: text.type, width: 320, render: ({ eventType }) => <Text span size="sm" ff="monospace">{eventType}</Text> },
    { id: 'content', title: text.content, render: ({ content }) => <Code style={{ overflowWrap: 'anywhere' }}>{JSON.stringify(content)}</Code> },
  ];
  const actions = (
    <>
      {missed > 0 && <Badge variant="light" role="status">{text.missed(missed)}</Badge>}
      <Button size="xs" variant="default" leftSection={held === undefined ? <Pause size={14} /> : <Play size={14} />} onClick={() => { setHeld(held === undefined ? live : undefined); }}>
        {held === undefined ? text.pause : text.goOn}
      </Button>
      <CopyButton size="xs" value={linesOf(shown)} label={text.copy} disabled={shown.length === 0} />
      <Button size="xs" variant="default" leftSection={<Eraser size={14} />} disabled={shown.length === 0} onClick={clear}>{text.clear}</Button>
    </>
  );
  return (
    <Page title={text.title} about={text.about} actions={actions}>
      <Group><TextInput size="xs" w={280} label={text.filter} placeholder={text.filterHint} value={words} onChange={({ currentTarget }) => { setWords(currentTarget.value); }} /></Group>
      <Records label={text.title} rows={shown.toReversed()} idOf={numberOf} columns={columns} onOpen={setOpened} empty={<NothingYet isFiltered={words.trim() !== ''} />} />
      {opened !== undefined && (
        <Modal opened onClose={() => { setOpened(undefined); }} title={opened.eventType} size="lg">
          <CopyBlock value={JSON.stringify(opened.content, undefined, 2)} label={opened.eventType} />
        </Modal>
      )}
    </Page>
  );
}
