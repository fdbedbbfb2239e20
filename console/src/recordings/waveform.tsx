import { Box, useComputedColorScheme, useMantineTheme } from '@mantine/core';
import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import type WaveSurfer from 'wavesurfer.js';
import { useText } from '../text/catalogue.ts';
import { clockText } from '../text/format.ts';
import type { Speed } from './playing.ts';
import { recordingTexts } from './recording-texts.ts';

/** What can be done with a recording that is drawn. */
export interface Playback {
  readonly toggle: () => void;
  readonly goTo: (seconds: number) => void;
}

/** How far it is. */
export interface Progress {
  readonly isPlaying: boolean;
  readonly at: number;
  readonly length: number;
}

export interface WaveformProps {
  readonly sound: Blob;
  /** The agent above, everybody else below. */
  readonly isApart: boolean;
  readonly speed: Speed;
  readonly progress: Progress;
  readonly onProgress: (progress: Progress) => void;
  readonly onFault: (error: unknown) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly ref: Ref<Playback>;
}

const HEIGHT = 72;
const SIDE_HEIGHT = 44;

/** The sound of a recording, drawn: a slider that is also the recording's picture. */
export function Waveform({ sound, isApart, speed, progress, onProgress, onFault, onKey, ref }: WaveformProps) {
  const text = useText(recordingTexts);
  const { colors } = useMantineTheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  const place = useRef<HTMLDivElement>(null);
  const [surfer, setSurfer] = useState<WaveSurfer>();
  const report = useEffectEvent((of: WaveSurfer) => { onProgress({ isPlaying: of.isPlaying(), at: of.getCurrentTime(), length: of.getDuration() }); });
  const fail = useEffectEvent(onFault);
  const continueFrom = useEffectEvent(() => progress);

  useEffect(() => {
    let isGone = false;
    let made: WaveSurfer | undefined;
    const waves = isDark ? colors.gray[6] : colors.gray[5];
    const [agent, other] = isDark ? [colors.indigo[4], colors.teal[4]] : [colors.indigo[6], colors.teal[7]];
    const draw = async (container: HTMLElement): Promise<void> => {
      const { default: library } = await import('wavesurfer.js');
      if (isGone) return;
      const one = library.create({
        container, height: HEIGHT, waveColor: waves, progressColor: agent, cursorWidth: 2, barWidth: 2, barGap: 1, barRadius: 2, normalize: true, dragToSeek: true,
        ...(isApart ? { splitChannels: [{ height: SIDE_HEIGHT, waveColor: waves, progressColor: agent }, { height: SIDE_HEIGHT, waveColor: waves, progressColor: other }] } : {}),
      });
      made = one;
      for (const event of ['play', 'pause', 'timeupdate', 'seeking', 'finish'] as const) one.on(event, () => { report(one); });
      await one.loadBlob(sound);
      const { at, isPlaying } = continueFrom();
      if (at > 0) one.setTime(at);
      report(one);
      setSurfer(one);
      if (isPlaying) await one.play();
    };
    if (place.current !== null) draw(place.current).catch((error: unknown) => { if (!isGone) fail(error); });
    return () => {
      isGone = true;
      setSurfer(undefined);
      made?.destroy();
    };
  }, [sound, isApart, isDark, colors]);

  useEffect(() => { surfer?.setPlaybackRate(speed, true); }, [surfer, speed]);
  useImperativeHandle(ref, () => ({
    toggle: () => { surfer?.playPause().catch(onFault); },
    goTo: (seconds) => { surfer?.setTime(seconds); },
  }), [surfer, onFault]);

  return (
    <Box
      ref={place} role="slider" tabIndex={0} onKeyDown={onKey} mih={isApart ? 2 * SIDE_HEIGHT : HEIGHT} aria-label={text.position} aria-description={text.keys} aria-valuemin={0} aria-valuemax={Math.round(progress.length)}
      aria-valuenow={Math.round(progress.at)} aria-valuetext={text.at(clockText(progress.at * 1000), clockText(progress.length * 1000))} style={{ flex: 1, minWidth: 0 }}
    />
  );
}
