import { Alert, Badge, Button, Card, Code, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { CopyBlock } from '../show/copy.tsx';
import { useText } from '../text/catalogue.ts';
import { useFormat } from '../text/format.ts';
import { requestTexts } from './developer-texts.ts';
import type { SampleScheme } from './samples.ts';
import { CONTENT_TYPE, laidOut, LANGUAGES, snippetOf, type ReadyRequest } from './snippets.ts';

export interface MadeRequest extends ReadyRequest {
  readonly scheme: SampleScheme;
  readonly expiresAt: number;
}

interface RawReply {
  readonly status: number;
  readonly ms: number;
  readonly text: string;
}

const TIMEOUT_MS = 30_000;

/** As a program would send it: without the session of the page, which would open other doors. */
async function send({ method, url, authorization, body }: ReadyRequest): Promise<RawReply> {
  const begun = performance.now();
  const reply = await fetch(url, {
    method, credentials: 'omit', redirect: 'error', cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { authorization, ...(body === undefined ? {} : { 'content-type': CONTENT_TYPE }) }, ...(body === undefined ? {} : { body }),
  });
  const text = await reply.text();
  return { status: reply.status, ms: Math.round(performance.now() - begun), text };
}

/** A request that has been made, in three languages, and its reply once it is sent. */
export function RequestReply({ request }: { readonly request: MadeRequest }) {
  const text = useText(requestTexts);
  const { time } = useFormat();
  const sending = useMutation({ mutationFn: send, retry: false });
  const { data: reply } = sending;
  return (
    <Stack>
      <Card withBorder component="section">
        <Title order={2} size="h4" mb="xs">{text.request}</Title>
        <Tabs defaultValue="curl" keepMounted={false}>
          <Tabs.List aria-label={text.language}>{LANGUAGES.map((language) => <Tabs.Tab key={language} value={language}>{text.languages[language]}</Tabs.Tab>)}</Tabs.List>
          {LANGUAGES.map((language) => (
            <Tabs.Panel key={language} value={language} pt="xs"><CopyBlock value={snippetOf(language, request)} label={text.languages[language]} /></Tabs.Panel>
          ))}
        </Tabs>
        <Text size="sm" c="dimmed" mt="xs">{text.how[request.scheme]} {text.good(time(request.expiresAt))}</Text>
        <Group mt="sm"><Button leftSection={<Send size={16} />} loading={sending.isPending} onClick={() => { sending.mutate(request); }}>{text.send}</Button></Group>
      </Card>
      {sending.error !== null && <Alert color="red" role="alert" title={text.unreached}>{sending.error.message}</Alert>}
      {reply !== undefined && (
        <Card withBorder component="section" aria-live="polite">
          <Group mb="xs">
            <Title order={2} size="h4">{text.reply}</Title>
            <Badge variant="light" color={reply.status < 400 ? 'teal' : 'red'}>{text.status(reply.status, reply.ms)}</Badge>
          </Group>
          <Code block tabIndex={0} role="region" aria-label={text.reply} mah={420} style={{ overflow: 'auto' }}>{laidOut(reply.text)}</Code>
        </Card>
      )}
    </Stack>
  );
}
