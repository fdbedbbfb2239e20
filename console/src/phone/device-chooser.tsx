import { Button, Group, Progress, Select, Stack, Text } from '@mantine/core';
import { Bell } from 'lucide-react';
import { useEffect, useState } from 'react';
import { catalogue, useText } from '../text/catalogue.ts';
import { askToNotify, mayNotify } from './attention.ts';
import { canChooseSpeaker, choose, DEFAULT_DEVICE, followLevel, useDevices, type DeviceUse } from './devices.ts';
import { chirp } from './ring-tone.ts';

const texts = catalogue({
  en: {
    microphone: 'Microphone', speaker: 'Speaker', ringer: 'Rings at', ownDefault: 'As the computer is set', level: 'How loud you are', levelHint: 'Speak: the bar moves when the microphone hears you.', test: 'Try the ring',
    unnamed: (number: number) => `Device ${number}`, notify: 'Show calls on the desktop', notifies: 'Calls are shown on the desktop too.',
  },
  zh: {
    microphone: '麦克风', speaker: '扬声器', ringer: '振铃设备', ownDefault: '系统默认', level: '麦克风音量', levelHint: '请讲话：麦克风正常时音量条会变化。', test: '试听铃声',
    unnamed: (number: number) => `设备 ${number}`, notify: '开启桌面通知', notifies: '来电时会显示桌面通知。',
  },
});

const KINDS = { microphone: 'audioinput', speaker: 'audiooutput', ringer: 'audiooutput' } as const;

function Level({ stream }: { readonly stream: MediaStream }) {
  const text = useText(texts);
  const [level, setLevel] = useState(0);
  useEffect(() => followLevel(stream, setLevel), [stream]);
  return (
    <div>
      <Progress value={level * 100} color={level > 0.9 ? 'red' : 'teal'} transitionDuration={80} aria-label={text.level} />
      <Text size="xs" c="dimmed" mt={4}>{text.levelHint}</Text>
    </div>
  );
}

/** Which microphone, speaker and ring, with what the microphone hears now. */
export function DeviceChooser() {
  const text = useText(texts);
  const { known, chosen, stream } = useDevices();
  const [notifies, setNotifies] = useState(mayNotify);
  const uses: readonly DeviceUse[] = canChooseSpeaker() ? ['microphone', 'speaker', 'ringer'] : ['microphone'];
  return (
    <Stack gap="xs">
      {uses.map((use) => {
        const fitting = known.filter(({ kind }) => kind === KINDS[use]);
        const data = [{ value: DEFAULT_DEVICE, label: text.ownDefault }, ...fitting.map(({ id, label }, index) => ({ value: id, label: label || text.unnamed(index + 1) }))];
        return (
          <Select
            key={use} size="xs" label={text[use]} allowDeselect={false} data={data} comboboxProps={{ withinPortal: false }}
            value={data.some(({ value }) => value === chosen[use]) ? chosen[use] : DEFAULT_DEVICE} onChange={(id) => { if (id !== null) void choose(use, id); }}
          />
        );
      })}
      {stream !== undefined && <Level stream={stream} />}
      <Group gap="xs">
        <Button size="compact-xs" variant="default" leftSection={<Bell size={12} aria-hidden />} onClick={() => { void chirp(); }}>{text.test}</Button>
        {!notifies && <Button size="compact-xs" variant="default" onClick={() => { void askToNotify().then(setNotifies); }}>{text.notify}</Button>}
      </Group>
      {notifies && <Text size="xs" c="dimmed">{text.notifies}</Text>}
    </Stack>
  );
}
