import { Alert, Button, Card, Group, SegmentedControl, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Headset, MonitorSmartphone } from 'lucide-react';
import { FaultAlert } from '../show/fault-alert.tsx';
import { useText } from '../text/catalogue.ts';
import { openDesk, takeDeskUp, useDesk } from './desk.ts';
import { deskTexts } from './desk-texts.ts';

const STORED = 'parley.desk.door';

interface Choices {
  readonly state: 'idle' | 'busy';
  readonly autoAnswer: boolean;
  readonly autoIdle: boolean;
  readonly phoneNumber: string;
}

const FIRST: Choices = { state: 'idle', autoAnswer: false, autoIdle: true, phoneNumber: '' };

function remembered(): Choices {
  try {
    return { ...FIRST, ...JSON.parse(localStorage.getItem(STORED) ?? '{}') as Partial<Choices> };
  } catch {
    // What another version has stored is worth nothing.
    return FIRST;
  }
}

/** How the agent signs in at the desk. */
function Opening() {
  const text = useText(deskTexts);
  const { standing, error, hasEnded, isSignedInElsewhere } = useDesk();
  const form = useForm<Choices>({ initialValues: remembered() });
  const isBusy = standing === 'opening' || standing === 'unknown';
  const hasConflict = isSignedInElsewhere && !isBusy;
  const open = (force: boolean) => ({ phoneNumber, ...choices }: Choices): void => {
    localStorage.setItem(STORED, JSON.stringify({ ...choices, phoneNumber }));
    void openDesk({ ...choices, ...(phoneNumber === '' ? {} : { phoneNumber }), force });
  };
  return (
    <form onSubmit={form.onSubmit(open(false))}>
      <Stack>
        <Group gap="sm"><Headset size={32} strokeWidth={1.4} aria-hidden /><Title order={2} size="h3">{text.open}</Title></Group>
        {!hasConflict && <Text c="dimmed" size="sm">{text.openHint}</Text>}
        {hasEnded && <Alert color="yellow" title={text.ended}>{text.endedHint}</Alert>}
        {hasConflict && (
          <Alert color="yellow" title={hasEnded ? text.conflictSince : text.conflict} role="alert">
            <Text size="sm">{text.conflictHint}</Text>
            <Group mt="sm">
              <Button size="xs" onClick={() => { void takeDeskUp(); }}>{text.goOn}</Button>
              <Button size="xs" variant="default" onClick={() => { open(true)(form.values); }}>{text.force}</Button>
            </Group>
          </Alert>
        )}
        {error !== undefined && !isSignedInElsewhere && <FaultAlert error={error} />}
        <SegmentedControl
          aria-label={text.beginAs} fullWidth data={[{ value: 'idle', label: text.beginReady }, { value: 'busy', label: text.beginBusy }]} {...form.getInputProps('state')}
        />
        <Switch label={text.autoAnswer} {...form.getInputProps('autoAnswer', { type: 'checkbox' })} />
        <Switch label={text.autoIdle} {...form.getInputProps('autoIdle', { type: 'checkbox' })} />
        <TextInput label={text.otherPhone} description={text.otherPhoneHint} inputMode="tel" pattern="[0-9*#+]{0,24}" {...form.getInputProps('phoneNumber')} />
        <Button type="submit" size="md" loading={isBusy} disabled={hasConflict}>{text.open}</Button>
      </Stack>
    </form>
  );
}

function Elsewhere() {
  const text = useText(deskTexts);
  return (
    <Stack align="flex-start">
      <Group gap="sm"><MonitorSmartphone size={32} strokeWidth={1.4} aria-hidden /><Title order={2} size="h3">{text.elsewhere}</Title></Group>
      <Text c="dimmed" size="sm">{text.elsewhereHint}</Text>
      <Button onClick={() => { void takeDeskUp(); }}>{text.takeOver}</Button>
    </Stack>
  );
}

/** What stands in place of the desk while it is not open here. */
export function Door() {
  const { standing } = useDesk();
  return (
    <Card withBorder shadow="sm" padding="lg" w="100%" maw={460} mx="auto" mt="lg">
      {standing === 'elsewhere' ? <Elsewhere /> : <Opening />}
    </Card>
  );
}
