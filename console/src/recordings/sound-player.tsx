import { ActionIcon, Alert, Button, Center, Group, Loader, SegmentedControl, Select, Stack, Text, Tooltip } from '@mantine/core';
import { Download, Pause, Play, RotateCcw, RotateCw } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useText } from '../text/catalogue.ts';
import { clockText } from '../text/format.ts';
import { saveFile } from './file.ts';
import { JUMP_S, moveOf, placeAfter, speedAfter, SPEEDS, type Speed } from './playing.ts';
import { HearingFault } from './hearing-fault.tsx';
import { fileNameOf, useSound, type Recording, type Sides } from './recordings.ts';
import { recordingTexts } from './recording-texts.ts';
import { Waveform, type Playback, type Progress } from './waveform.tsx';

const SIDES: readonly Sides[] = ['mixed', 'apart'];

/** A recording of sound: drawn, played, jumped in, and saved. */
export function SoundPlayer({ recording }: { readonly recording: Recording }) {
  const text = useText(recordingTexts);
  const [sides, setSides] = useState<Sides>('mixed');
  const [speed, setSpeed] = useState<Speed>(1);
  // Whoever has opened it wants to hear it.
  const [progress, setProgress] = useState<Progress>({ isPlaying: true, at: 0, length: (recording.ms ?? 0) / 1000 });
  const [isUnplayable, setIsUnplayable] = useState(false);
  const playback = useRef<Playback>(null);
  const sound = useSound(recording.id, sides);

  const jump = (seconds: number): void => { playback.current?.goTo(placeAfter(progress.at, seconds, progress.length)); };
  const onKey = (event: KeyboardEvent): void => {
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moveOf(event.key);
    if (move === undefined) return;
    event.preventDefault();
    switch (move.kind) {
      case 'toggle': playback.current?.toggle(); break;
      case 'by': jump(move.seconds); break;
      case 'to': playback.current?.goTo(move.share * progress.length); break;
      case 'speed': setSpeed(speedAfter(speed, move.by)); break;
    }
  };
  const onFault = (): void => { setIsUnplayable(true); };

  if (sound.error !== null) return <HearingFault error={sound.error} onRetry={() => { void sound.refetch(); }} />;
  const isReady = sound.data !== undefined && !isUnplayable;
  return (
    <Stack gap="xs">
      {isUnplayable && <Alert color="yellow" title={text.unplayable}>{text.unplayableHint}</Alert>}
      {sound.data === undefined && <Center h={72}><Loader size="sm" aria-label={text.loading} /></Center>}
      {isReady && (
        <Group gap="sm" wrap="nowrap" align="stretch">
          {sides === 'apart' && <Stack justify="space-around" gap={0}><Text size="xs" c="dimmed">{text.agentSide}</Text><Text size="xs" c="dimmed">{text.otherSide}</Text></Stack>}
          <Waveform sound={sound.data} isApart={sides === 'apart'} speed={speed} progress={progress} onProgress={setProgress} onFault={onFault} onKey={onKey} ref={playback} />
        </Group>
      )}
      <Group gap="xs">
        <Tooltip label={text.back(String(JUMP_S))}><ActionIcon variant="default" size="lg" disabled={!isReady} aria-label={text.back(String(JUMP_S))} onClick={() => { jump(-JUMP_S); }}><RotateCcw size={16} /></ActionIcon></Tooltip>
        <ActionIcon size="lg" disabled={!isReady} aria-label={progress.isPlaying ? text.pause : text.play} onClick={() => { playback.current?.toggle(); }}>{progress.isPlaying ? <Pause size={18} /> : <Play size={18} />}</ActionIcon>
        <Tooltip label={text.forward(String(JUMP_S))}><ActionIcon variant="default" size="lg" disabled={!isReady} aria-label={text.forward(String(JUMP_S))} onClick={() => { jump(JUMP_S); }}><RotateCw size={16} /></ActionIcon></Tooltip>
        <Text size="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>{text.at(clockText(progress.at * 1000), clockText(progress.length * 1000))}</Text>
        <Select
          w={90} size="xs" aria-label={text.speed} allowDeselect={false} value={String(speed)} data={SPEEDS.map((one) => ({ value: String(one), label: text.times(String(one)) }))}
          onChange={(value) => { setSpeed(SPEEDS.find((one) => String(one) === value) ?? 1); }}
        />
        <SegmentedControl size="xs" aria-label={text.sides} value={sides} data={SIDES.map((one) => ({ value: one, label: text.sideNames[one] }))} onChange={setSides} />
        <Button
          size="xs" variant="default" ml="auto" leftSection={<Download size={14} aria-hidden />} disabled={sound.data === undefined}
          onClick={() => { if (sound.data !== undefined) saveFile(sound.data, fileNameOf(recording, sound.data)); }}
        >
          {text.download}
        </Button>
      </Group>
    </Stack>
  );
}
