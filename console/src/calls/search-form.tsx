import { Button, Checkbox, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { Search } from 'lucide-react';
import { useSession } from '../session/session.ts';
import { useText } from '../text/catalogue.ts';
import { callTexts } from './call-texts.ts';
import { useAgentChoices, useQueueChoices } from './choices.ts';
import { cleared, DIRECTIONS, isNarrowed, type CallSearch } from './search.ts';
import { momentOf, pickedOf, usePickerLocale } from './moment.ts';

export interface SearchFormProps {
  readonly search: CallSearch;
  readonly onSearch: (search: CallSearch) => void;
}

const digits = (value: number | undefined): string | null => (value === undefined ? null : String(value));
const numberOf = (value: string | null): number | undefined => (value === null ? undefined : Number(value));

/** What calls are searched by. */
export function SearchForm({ search, onSearch }: SearchFormProps) {
  const text = useText(callTexts);
  const seesAll = useSession().permissions.includes('tenant.read');
  const queues = useQueueChoices(seesAll);
  const agents = useAgentChoices(seesAll);
  const locale = usePickerLocale();
  const form = useForm({ initialValues: search });
  const { values, setFieldValue } = form;
  const narrow = { w: 135, clearable: true, limit: 100 } as const;
  return (
    <form onSubmit={form.onSubmit(onSearch)}>
      <Group align="flex-end" gap="sm">
        <SegmentedControl
          aria-label={text.state} value={search.isLive ? 'live' : 'ended'} data={[{ value: 'ended', label: text.states.ended }, { value: 'live', label: text.states.live }]}
          onChange={(state) => { onSearch({ ...values, isLive: state === 'live' }); }}
        />
        <TextInput w={145} label={text.number} placeholder={text.numberHint} maxLength={64} {...form.getInputProps('number')} />
        {seesAll && (
          <>
            <Select {...narrow} label={text.queue} placeholder={text.any} searchable data={[...queues]} value={digits(values.queueId)} onChange={(value) => { setFieldValue('queueId', numberOf(value)); }} />
            <Select {...narrow} label={text.agent} placeholder={text.any} searchable data={[...agents]} value={digits(values.workNo)} onChange={(value) => { setFieldValue('workNo', numberOf(value)); }} />
          </>
        )}
        <Select
          {...narrow} w={120} label={text.direction} placeholder={text.any} data={DIRECTIONS.map((direction) => ({ value: direction, label: text.directions[direction] }))}
          value={values.direction ?? null} onChange={(value) => { setFieldValue('direction', value ?? undefined); }}
        />
        <DateTimePicker clearable w={155} label={text.from} locale={locale} valueFormat="YYYY-MM-DD HH:mm" value={pickedOf(values.from)} onChange={(value) => { setFieldValue('from', momentOf(value)); }} />
        <DateTimePicker clearable w={155} label={text.to} locale={locale} valueFormat="YYYY-MM-DD HH:mm" value={pickedOf(values.to)} onChange={(value) => { setFieldValue('to', momentOf(value)); }} />
        {!search.isLive && <Checkbox mb={8} label={text.missed} {...form.getInputProps('isMissed', { type: 'checkbox' })} />}
        <Group gap="xs">
          <Button type="submit" leftSection={<Search size={16} aria-hidden />}>{text.search}</Button>
          {isNarrowed(search) && <Button variant="default" onClick={() => { onSearch(cleared(search)); }}>{text.clear}</Button>}
        </Group>
      </Group>
    </form>
  );
}
