import { Button, Group, MultiSelect, SegmentedControl } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import { useAgentChoices, useFlowChoices, useQueueChoices } from '../calls/choices.ts';
import { usePickerLocale } from '../calls/moment.ts';
import { useText } from '../text/catalogue.ts';
import { figureTexts } from './figure-texts.ts';
import { useFigureWords } from './figure-words.ts';
import type { FigureChoice } from './figures.ts';
import { FIRST_CODES, type Indicator, type Subject } from './indicators.ts';
import { PERIODS } from './periods.ts';

export interface FigureFormProps {
  readonly choice: FigureChoice;
  readonly indicators: readonly Indicator[];
  /** The day in the tenant's zone. */
  readonly today: string;
  /** Whose figures may be asked for. */
  readonly subjects: readonly Subject[];
  readonly onChoose: (choice: FigureChoice) => void;
}

const MOST_CODES = 30;
const MOST_THINGS = 100;

/** Both days have to be picked before they are asked for. */
function Dates({ choice, today, onChoose }: Pick<FigureFormProps, 'choice' | 'today' | 'onChoose'>) {
  const text = useText(figureTexts);
  const locale = usePickerLocale();
  const [picked, setPicked] = useState<[string | null, string | null]>([choice.firstDay || null, choice.lastDay || null]);
  return (
    <DatePickerInput
      type="range" w={230} label={text.dates} locale={locale} valueFormat="YYYY-MM-DD" maxDate={today} value={picked}
      onChange={(days) => {
        setPicked(days);
        const [firstDay, lastDay] = days;
        if (firstDay !== null && lastDay !== null) onChoose({ ...choice, firstDay, lastDay });
      }}
    />
  );
}

/** What figures are asked for. */
export function FigureForm({ choice, indicators, today, subjects, onChoose }: FigureFormProps) {
  const text = useText(figureTexts);
  const { wordingOf } = useFigureWords();
  const { of, things, codes, period } = choice;
  const mayChoose = subjects.length > 1;
  const queues = useQueueChoices(mayChoose && of === 'queue');
  const agents = useAgentChoices(mayChoose && of === 'agent');
  const flows = useFlowChoices(mayChoose && of === 'flow');
  const thingsOf = { queue: queues, agent: agents, flow: flows, tenant: [] }[of];
  const isUsual = codes.join() === FIRST_CODES[of].join();
  return (
    <Group align="flex-end" gap="sm">
      {mayChoose && (
        <SegmentedControl
          aria-label={text.subject} value={of} data={subjects.map((subject) => ({ value: subject, label: text.subjects[subject] }))}
          onChange={(subject) => { onChoose({ ...choice, of: subject, things: [], codes: FIRST_CODES[subject], drawn: undefined }); }}
        />
      )}
      <SegmentedControl
        aria-label={text.period} value={period} data={PERIODS.map((one) => ({ value: one, label: text.periods[one] }))}
        onChange={(one) => { onChoose({ ...choice, period: one, firstDay: choice.firstDay || today, lastDay: choice.lastDay || today, parts: undefined }); }}
      />
      {period === 'dates' && <Dates choice={choice} today={today} onChoose={onChoose} />}
      {mayChoose && thingsOf.length > 0 && (
        <MultiSelect
          miw={220} maw={420} label={text.things} placeholder={things.length === 0 ? text.all : undefined} searchable clearable limit={100} maxValues={MOST_THINGS} data={[...thingsOf]} value={things.map(String)}
          onChange={(ids) => { onChoose({ ...choice, things: ids.map(Number) }); }}
        />
      )}
      <MultiSelect
        style={{ flex: '1 1 420px' }} label={text.indicators} searchable limit={200} maxValues={MOST_CODES} hidePickedOptions value={[...codes]}
        data={indicators.map(({ code }) => ({ value: code, label: wordingOf(code).name }))} onChange={(chosen) => { onChoose({ ...choice, codes: chosen.length === 0 ? FIRST_CODES[of] : chosen }); }}
      />
      {!isUsual && <Button variant="default" onClick={() => { onChoose({ ...choice, codes: FIRST_CODES[of], drawn: undefined }); }}>{text.usual}</Button>}
    </Group>
  );
}
