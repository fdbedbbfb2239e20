import { Badge, Button, Group, Paper, ScrollArea, Stack, Tabs, Text, Textarea } from '@mantine/core';
import { answerCall } from '@parley/contract/gateway/call-answer.ts';
import { dropCall } from '@parley/contract/gateway/call-release.ts';
import { mediaSendMessage } from '@parley/contract/gateway/media-call.ts';
import { MessageSquare } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Empty } from '../show/empty.tsx';
import { Ticking } from '../show/ticking.tsx';
import { useText } from '../text/catalogue.ts';
import { useFormat } from '../text/format.ts';
import { customerOf } from './calls.ts';
import { doAtDesk, useDesk, type DeskCall } from './desk.ts';
import { callTexts, sideTexts } from './desk-texts.ts';
import { useDoing } from './doing.ts';
import { addMessage, useMessages } from './messages.ts';

function Conversation({ call }: { readonly call: DeskCall }) {
  const text = useText(sideTexts);
  const format = useFormat();
  const { run, isBusy } = useDoing();
  const { aheadMs } = useDesk();
  const [words, setWords] = useState('');
  const end = useRef<HTMLDivElement>(null);
  const messages = useMessages().filter((message) => message.kind === 'chat' && message.with === call.callId);
  useEffect(() => { end.current?.scrollIntoView({ block: 'nearest' }); }, [messages.length]);
  const customer = customerOf(call);
  const send = async (): Promise<void> => {
    const data = words.trim();
    if (data === '' || !await run(() => doAtDesk(mediaSendMessage, { callid: call.callId, userid: customer, data, content: data }))) return;
    addMessage({ kind: 'chat', with: call.callId, from: '', isOwn: true, at: Date.now(), text: data });
    setWords('');
  };
  return (
    <Stack gap="xs">
      <Group justify="space-between"><Text size="sm" fw={600}>{text.chatFrom(customer)}</Text><Text size="sm"><Ticking since={call.since + aheadMs} /></Text></Group>
      <ScrollArea h={280} viewportProps={{ tabIndex: 0, 'aria-label': text.chatFrom(customer), role: 'log' }}>
        <Stack gap={6}>
          {messages.map(({ at, isOwn, text: said }) => (
            <Paper key={at} withBorder px="sm" py={6} maw="80%" ml={isOwn ? 'auto' : undefined} bg={isOwn ? 'var(--mantine-primary-color-light)' : undefined}>
              <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{said}</Text>
              <Text size="xs" c="dimmed">{format.time(at)}</Text>
            </Paper>
          ))}
          <div ref={end} />
        </Stack>
      </ScrollArea>
      <Textarea
        aria-label={text.write} placeholder={text.write} autosize minRows={1} maxRows={5} value={words} onChange={(event) => { setWords(event.currentTarget.value); }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <Group gap={6}>
        <Button size="xs" disabled={words.trim() === ''} loading={isBusy} onClick={() => { void send(); }}>{text.send}</Button>
        <Button size="xs" color="red" variant="light" onClick={() => { void run(() => doAtDesk(dropCall, { callid: call.callId })); }}>{text.endChat}</Button>
      </Group>
    </Stack>
  );
}

function Offered({ call }: { readonly call: DeskCall }) {
  const text = useText(sideTexts);
  const { stages } = useText(callTexts);
  const { run, isBusy } = useDoing();
  return (
    <Group>
      <Badge tt="none">{stages.ringing}</Badge>
      <Text size="sm">{text.chatFrom(customerOf(call))}</Text>
      <Button size="xs" color="teal.9" loading={isBusy} onClick={() => { void run(() => doAtDesk(answerCall, { callid: call.callId })); }}>{text.acceptChat}</Button>
    </Group>
  );
}

/** The sessions of text that the agent has (6.1.5). */
export function Chats({ chats }: { readonly chats: readonly DeskCall[] }) {
  const text = useText(sideTexts);
  const [chosen, setChosen] = useState<string | null>(null);
  const [first] = chats;
  if (first === undefined) return <Empty icon={MessageSquare} title={text.chatEmpty} hint={text.chatEmptyHint} />;
  return (
    <Tabs value={chats.some(({ callId }) => callId === chosen) ? chosen : first.callId} onChange={setChosen} aria-label={text.chats}>
      {chats.length > 1 && <Tabs.List>{chats.map((call) => <Tabs.Tab key={call.callId} value={call.callId}>{customerOf(call)}</Tabs.Tab>)}</Tabs.List>}
      {chats.map((call) => <Tabs.Panel key={call.callId} value={call.callId} pt="xs">{call.stage === 'ringing' ? <Offered call={call} /> : <Conversation call={call} />}</Tabs.Panel>)}
    </Tabs>
  );
}
