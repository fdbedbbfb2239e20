import { Button, Group, MultiSelect, ScrollArea, Stack, Text, Textarea } from '@mantine/core';
import { sendNoteletEx } from '@parley/contract/gateway/agent-note.ts';
import { StickyNote } from 'lucide-react';
import { useState } from 'react';
import { Empty } from '../show/empty.tsx';
import { useNotice } from '../show/notice.ts';
import { useText } from '../text/catalogue.ts';
import { useFormat } from '../text/format.ts';
import { doAtDesk } from './desk.ts';
import { sideTexts } from './desk-texts.ts';
import { useDoing } from './doing.ts';
import type { Message } from './message-events.ts';
import { addMessage, useMessages } from './messages.ts';
import { useColleagues } from './people.ts';

const MOST_BYTES = 1023;

function NoteForm() {
  const text = useText(sideTexts);
  const notice = useNotice();
  const { run, isBusy } = useDoing();
  const [to, setTo] = useState<string[]>([]);
  const [content, setContent] = useState('');
  const people = (useColleagues() ?? []).filter(({ standing }) => standing !== 'signedOut');
  const isTooLong = new TextEncoder().encode(content).length > MOST_BYTES;
  const send = async (): Promise<void> => {
    if (!await run(() => doAtDesk(sendNoteletEx, { agentIds: to.map(Number), content }))) return;
    const names = to.map((address) => people.find((person) => person.address === address)?.name ?? address).join(', ');
    addMessage({ kind: 'note', with: to.join(','), from: names, isOwn: true, at: Date.now(), text: content });
    setContent('');
    notice.done(text.sent);
  };
  return (
    <Stack gap={6}>
      <MultiSelect size="xs" label={text.noteTo} searchable value={to} onChange={setTo} data={people.map(({ address, name }) => ({ value: address, label: `${name} ${address}` }))} />
      <Textarea size="xs" label={text.noteText} autosize minRows={2} maxRows={4} value={content} error={isTooLong} onChange={(event) => { setContent(event.currentTarget.value); }} />
      <Group><Button size="xs" disabled={to.length === 0 || content.trim() === '' || isTooLong} loading={isBusy} onClick={() => { void send(); }}>{text.send}</Button></Group>
    </Stack>
  );
}

function Note({ message: { isOwn, from, at, text: words } }: { readonly message: Message }) {
  const text = useText(sideTexts);
  const format = useFormat();
  return (
    <div>
      <Text size="xs" c="dimmed">{isOwn ? text.to(from) : text.from(from)} · {format.time(at)}</Text>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{words}</Text>
    </div>
  );
}

/** Short messages among colleagues (6.1.1.4), the latest on top. */
export function Notes() {
  const text = useText(sideTexts);
  const notes = useMessages().filter(({ kind }) => kind === 'note');
  return (
    <Stack>
      <NoteForm />
      {notes.length === 0
        ? <Empty icon={StickyNote} title={text.notesEmpty} hint={text.notesEmptyHint} />
        : <ScrollArea.Autosize mah={260} viewportProps={{ tabIndex: 0, 'aria-label': text.notes }}><Stack gap="xs">{notes.toReversed().map((message) => <Note key={`${message.at} ${message.with}`} message={message} />)}</Stack></ScrollArea.Autosize>}
    </Stack>
  );
}
