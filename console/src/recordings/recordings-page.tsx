import { ActionIcon, Anchor, Box, Button, Group, Select, TextInput } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { listRecordings } from '@parley/contract/admin/recording.ts';
import { AudioLines, Search, X } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useAgentChoices } from '../calls/choices.ts';
import { momentOf, pickedOf, usePickerLocale } from '../calls/moment.ts';
import { queryOf, timeOf, workNoOf } from '../calls/search.ts';
import { useAskedByPage } from '../session/asking.ts';
import { useSession } from '../session/session.ts';
import { Empty } from '../show/empty.tsx';
import { Page } from '../show/page.tsx';
import { Records, type Column } from '../show/records.tsx';
import { useText } from '../text/catalogue.ts';
import { clockText, useFormat } from '../text/format.ts';
import { HearingFault } from './hearing-fault.tsx';
import { RecordingPlayer } from './recording-player.tsx';
import { recordingTexts } from './recording-texts.ts';
import type { Recording } from './recordings.ts';

interface Wanted {
  readonly number: string;
  readonly workNo: number | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

const read = (query: URLSearchParams): Wanted => ({ number: (query.get('number') ?? '').trim().slice(0, 64), workNo: workNoOf(query.get('agent')), from: timeOf(query.get('from')), to: timeOf(query.get('to')) });
const write = ({ number, workNo, from, to }: Wanted): URLSearchParams => queryOf({ number: number.trim(), agent: workNo, from, to });

function WantedForm({ wanted, onSearch }: { readonly wanted: Wanted; readonly onSearch: (wanted: Wanted) => void }) {
  const text = useText(recordingTexts);
  const seesAll = useSession().permissions.includes('tenant.read');
  const agents = useAgentChoices(seesAll);
  const locale = usePickerLocale();
  const form = useForm({ initialValues: wanted });
  const { values, setFieldValue } = form;
  const time = { clearable: true, w: 180, locale, valueFormat: 'YYYY-MM-DD HH:mm' } as const;
  return (
    <form onSubmit={form.onSubmit(onSearch)}>
      <Group align="flex-end" gap="sm">
        <TextInput w={170} label={text.number} placeholder={text.numberHint} maxLength={64} {...form.getInputProps('number')} />
        {seesAll && (
          <Select
            w={170} label={text.agent} placeholder={text.any} searchable clearable limit={100} data={[...agents]} value={values.workNo === undefined ? null : String(values.workNo)}
            onChange={(value) => { setFieldValue('workNo', value === null ? undefined : Number(value)); }}
          />
        )}
        <DateTimePicker {...time} label={text.from} value={pickedOf(values.from)} onChange={(value) => { setFieldValue('from', momentOf(value)); }} />
        <DateTimePicker {...time} label={text.to} value={pickedOf(values.to)} onChange={(value) => { setFieldValue('to', momentOf(value)); }} />
        <Button type="submit" leftSection={<Search size={16} aria-hidden />}>{text.search}</Button>
        {write(wanted).size > 0 && <Button variant="default" onClick={() => { onSearch(read(new URLSearchParams())); }}>{text.clear}</Button>}
      </Group>
    </form>
  );
}

/** What was recorded, found and played. */
export function RecordingsPage() {
  const text = useText(recordingTexts);
  const format = useFormat();
  const [query, setQuery] = useSearchParams();
  const wanted = read(query);
  const asText = write(wanted).toString();
  const { number, workNo, from, to } = wanted;
  const found = useAskedByPage(listRecordings, {
    ...(number === '' ? {} : { number }), ...(workNo === undefined ? {} : { workNo }), ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }),
  }, 'before');
  const [played, setPlayed] = useState<Recording>();
  const columns: readonly Column<Recording>[] = [
    { id: 'began', title: text.began, render: ({ beganAt }) => format.moment(beganAt) },
    { id: 'agent', title: text.agent, orderBy: ({ workNo: agent }) => agent, render: ({ workNo: agent, agentName }) => `${agent} ${agentName}` },
    { id: 'caller', title: text.caller, orderBy: ({ caller }) => caller, render: ({ caller }) => (caller === '' ? text.withheld : caller) },
    { id: 'called', title: text.called, orderBy: ({ called }) => called, render: ({ called }) => called },
    { id: 'length', title: text.length, isNumber: true, orderBy: ({ ms }) => ms ?? 0, render: ({ ms }) => (ms === null ? text.unknownLength : clockText(ms)) },
    { id: 'media', title: text.media, render: ({ media }) => text.medias[media] },
    { id: 'how', title: text.how, render: ({ automatic }) => (automatic ? text.automatic : text.byAgent) },
  ];
  const isAll = asText === '';
  const retry = (): void => { void found.refetch(); };
  return (
    <Page title={text.title} about={text.about}>
      <WantedForm key={asText} wanted={wanted} onSearch={(next) => { setQuery(write(next)); }} />
      {played !== undefined && (
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <Box style={{ flex: 1, minWidth: 0 }}><RecordingPlayer key={played.id} recording={played} isOpen /></Box>
          <ActionIcon variant="subtle" color="gray" aria-label={text.close} onClick={() => { setPlayed(undefined); }}><X size={16} /></ActionIcon>
        </Group>
      )}
      {found.error !== null && found.data === undefined ? <HearingFault error={found.error} onRetry={retry} /> : (
        <Records
          label={text.title} rows={found.data?.pages.flatMap(({ recordings }) => recordings)} idOf={({ id }) => id} columns={columns} error={found.error} onRetry={retry} onOpen={setPlayed}
          actions={({ callId }) => <Anchor component={Link} href={`/calls/${encodeURIComponent(callId)}`} size="sm">{text.toCall}</Anchor>}
          more={{ isThere: found.hasNextPage, isLoading: found.isFetchingNextPage, show: () => { void found.fetchNextPage(); } }}
          empty={<Empty icon={AudioLines} title={isAll ? text.emptyAll : text.empty} hint={isAll ? text.emptyAllHint : text.emptyHint} />}
        />
      )}
    </Page>
  );
}
