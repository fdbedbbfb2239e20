import { Accordion, List, Text } from '@mantine/core';
import { listFigures, listIndicators } from '@parley/contract/admin/figure.ts';
import { dateIn } from '@parley/core/time/zone.ts';
import { useSearchParams } from 'wouter';
import { useAsked } from '../session/asking.ts';
import { useSession } from '../session/session.ts';
import { Loaded } from '../show/loaded.tsx';
import { Page } from '../show/page.tsx';
import { useText } from '../text/catalogue.ts';
import { useFormat } from '../text/format.ts';
import { FigureCourse } from './figure-course.tsx';
import { FigureForm } from './figure-form.tsx';
import { FigureSummary } from './figure-summary.tsx';
import { figureTexts } from './figure-texts.ts';
import { useFigureWords } from './figure-words.ts';
import { counted, courseOf, hasChanges, readChoice, wholeOf, writeChoice, type FigureChoice } from './figures.ts';
import { isTold, type Indicator, type Subject } from './indicators.ts';
import { partsFor, partsIn, spanBefore, spanOfPeriod } from './periods.ts';

const EVERYBODYS: readonly Subject[] = ['queue', 'agent', 'tenant', 'flow'];
const ONES_OWN: readonly Subject[] = ['agent'];
/** What is compared with goes on no faster than what agents did is counted. */
const FIVE_MINUTES_MS = 300_000;
const AGAIN_MS = 60_000;

interface Known {
  readonly indicators: readonly Indicator[];
  readonly timeZone: string;
}

interface AskedProps {
  readonly choice: FigureChoice;
  readonly known: Known;
  readonly now: number;
  readonly onChoose: (choice: FigureChoice) => void;
}

/** Over time: of a single thing all indicators, of several the one that is drawn. */
function CourseAsked({ choice, known: { indicators, timeZone }, now, onChoose }: AskedProps) {
  const text = useText(figureTexts);
  const { wordingOf } = useFigureWords();
  const seesAll = useSession().permissions.includes('tenant.read');
  const span = spanOfPeriod(choice.period, choice, timeZone, now);
  const choices = partsFor(span.days);
  const parts = choices.find((one) => one === choice.parts) ?? choices[0];
  const told = choice.codes.filter((code) => indicators.some((one) => one.code === code && isTold(one, parts)));
  const untold = choice.codes.filter((code) => !told.includes(code));
  const drawn = told.find((code) => code === choice.drawn) ?? told[0];
  const isSingle = !seesAll || choice.of === 'tenant' || choice.things.length === 1;
  const figures = useAsked(listFigures, {
    of: choice.of, codes: isSingle ? told.join(',') : drawn ?? '', from: span.from, to: span.to, ...(parts === undefined ? {} : { parts }), ...(choice.things.length === 0 ? {} : { ids: choice.things.join(',') }),
  }, { enabled: drawn !== undefined && parts !== undefined, ...(span.to > now ? { everyMs: AGAIN_MS } : {}) });
  if (parts === undefined) return <Text size="sm" c="dimmed">{text.tooLong}</Text>;
  return (
    <>
      {drawn !== undefined && (
        <FigureCourse
          course={figures.data && courseOf(figures.data, drawn, partsIn(span, parts, timeZone, now))} codes={told} drawn={drawn} onDraw={(code) => { onChoose({ ...choice, drawn: code }); }}
          parts={parts} choices={choices} onParts={(one) => { onChoose({ ...choice, parts: one }); }} isOneDay={span.days === 1} timeZone={timeZone}
          error={figures.error} onRetry={() => { void figures.refetch(); }} fileName={`${choice.of}-${dateIn(timeZone, span.from)}-${parts}`}
        />
      )}
      {untold.length > 0 && <Text size="xs" c="dimmed">{text.notInParts(untold.map((code) => wordingOf(code).name).join(', '))}</Text>}
    </>
  );
}

/** All of the time together, beside the time before. */
function SummaryAsked({ choice, known: { indicators, timeZone }, now }: Omit<AskedProps, 'onChoose'>) {
  const text = useText(figureTexts);
  const format = useFormat(timeZone);
  const span = spanOfPeriod(choice.period, choice, timeZone, now);
  const earlier = spanBefore(choice.period, choice, timeZone, now);
  const codes = choice.codes.filter((code) => indicators.some((one) => one.code === code && isTold(one, undefined)));
  const asked = { of: choice.of, codes: codes.join(','), ...(choice.things.length === 0 ? {} : { ids: choice.things.join(',') }) };
  const isOn = span.to > now ? { everyMs: AGAIN_MS } : {};
  const enabled = codes.length > 0;
  const figures = useAsked(listFigures, { ...asked, from: span.from, to: span.to }, { enabled, ...isOn });
  const before = useAsked(listFigures, { ...asked, from: earlier.from, to: earlier.to }, { enabled });
  const settledCodes = codes.filter((code) => indicators.some((one) => one.code === code && one.settled));
  const values = figures.data && counted(figures.data, settledCodes);
  const earlierValues = before.data && wholeOf(before.data);
  const isCompared = values !== undefined && earlierValues !== undefined && hasChanges(values, earlierValues);
  return (
    <FigureSummary
      told={figures.data} values={values} before={earlierValues} codes={codes} error={figures.error} onRetry={() => { void figures.refetch(); }} fileName={`${choice.of}-${dateIn(timeZone, span.from)}`}
      remark={[isCompared ? text.compared(format.moment(earlier.from), format.moment(earlier.to)) : '', text.zone(timeZone), settledCodes.length > 0 ? text.settled : ''].filter((one) => one !== '').join(' ')}
    />
  );
}

function Meanings({ codes }: { readonly codes: readonly string[] }) {
  const text = useText(figureTexts);
  const { wordingOf } = useFigureWords();
  return (
    <Accordion variant="contained" order={2}>
      <Accordion.Item value="meanings">
        <Accordion.Control>{text.meanings}</Accordion.Control>
        <Accordion.Panel>
          <List size="sm" spacing={4} listStyleType="none">
            {codes.map((code) => <List.Item key={code}><Text span size="sm" fw={600}>{wordingOf(code).name}</Text> {wordingOf(code).formula} <Text span size="xs" c="dimmed">{code}</Text></List.Item>)}
          </List>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

/** What was done, counted: chosen, compared, drawn and exported. The choice stands in the address. */
export function FiguresPage() {
  const text = useText(figureTexts);
  const seesAll = useSession().permissions.includes('tenant.read');
  const [query, setQuery] = useSearchParams();
  const read = readChoice(query);
  const subjects = seesAll ? EVERYBODYS : ONES_OWN;
  // Agents have figures of their own alone.
  const choice = seesAll || read.of === 'agent' ? read : readChoice(new URLSearchParams({ of: 'agent', period: read.period }));
  const known = useAsked(listIndicators, { of: choice.of });
  const now = Math.floor(Date.now() / FIVE_MINUTES_MS) * FIVE_MINUTES_MS;
  const choose = (next: FigureChoice): void => { setQuery(writeChoice(next)); };
  return (
    <Page title={text.title} about={seesAll ? text.about : text.aboutOwn}>
      <Loaded query={known}>
        {(data) => (
          <>
            <FigureForm choice={choice} indicators={data.indicators} today={dateIn(data.timeZone, now)} subjects={subjects} onChoose={choose} />
            <SummaryAsked choice={choice} known={data} now={now} />
            <CourseAsked choice={choice} known={data} now={now} onChoose={choose} />
            <Meanings codes={choice.codes} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
