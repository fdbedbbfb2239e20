import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../text/catalogue.ts';
import { clockText, useFormat } from '../text/format.ts';
import type { Recording } from './recordings.ts';
import { recordingTexts } from './recording-texts.ts';
import { SoundPlayer } from './sound-player.tsx';
import { VideoPlayer } from './video-player.tsx';

export interface RecordingPlayerProps {
  readonly recording: Recording;
  /** Whether it is fetched and played at once; else when it is asked for. */
  readonly isOpen?: boolean;
}

/** A recording: what it is, and played where it stands. */
export function RecordingPlayer({ recording, isOpen = false }: RecordingPlayerProps) {
  const text = useText(recordingTexts);
  const format = useFormat();
  const [isPlayed, setIsPlayed] = useState(isOpen);
  const { workNo, agentName, beganAt, ms, automatic, media, state } = recording;
  const label = text.of(`${workNo} ${agentName}`, format.moment(beganAt));
  return (
    <Paper withBorder p="sm" role="group" aria-label={label}>
      <Stack gap="xs">
        <Group gap="sm">
          <Text size="sm" fw={600}>{workNo} {agentName}</Text>
          <Text size="sm" c="dimmed">{format.moment(beganAt)}</Text>
          <Text size="sm" c="dimmed">{ms === null ? text.unknownLength : clockText(ms)}</Text>
          <Badge variant="default" tt="none" fw={400}>{automatic ? text.automatic : text.byAgent}</Badge>
          {(state === 'failed' || state === 'lost') && <Badge color="yellow" variant="light" tt="none">{text[state]}</Badge>}
          {!isPlayed && <Button size="xs" ml="auto" leftSection={<Play size={14} aria-hidden />} onClick={() => { setIsPlayed(true); }}>{media === 'video' ? text.watch : text.listen}</Button>}
        </Group>
        {isPlayed && (media === 'video' ? <VideoPlayer recording={recording} label={label} /> : <SoundPlayer recording={recording} />)}
      </Stack>
    </Paper>
  );
}
