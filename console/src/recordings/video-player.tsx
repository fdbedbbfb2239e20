import { Button, Center, Group, Loader, Stack } from '@mantine/core';
import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useText } from '../text/catalogue.ts';
import { saveFile } from './file.ts';
import { HearingFault } from './hearing-fault.tsx';
import { fileNameOf, useVideo, type Recording } from './recordings.ts';
import { recordingTexts } from './recording-texts.ts';

/** An address of a file in memory, as long as it is shown. */
function useAddress(file: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (file === undefined) return undefined;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => { URL.revokeObjectURL(made); };
  }, [file]);
  return address;
}

/** A recording with pictures, played by the browser's own player. */
export function VideoPlayer({ recording, label }: { readonly recording: Recording; readonly label: string }) {
  const text = useText(recordingTexts);
  const video = useVideo(recording.id);
  const address = useAddress(video.data);
  const { data: file } = video;
  if (video.error !== null) return <HearingFault error={video.error} onRetry={() => { void video.refetch(); }} />;
  if (file === undefined || address === undefined) return <Center h={200}><Loader size="sm" aria-label={text.loading} /></Center>;
  return (
    <Stack gap="xs">
      <video src={address} controls autoPlay aria-label={label} style={{ maxWidth: '100%', maxHeight: 420, background: 'black' }} />
      <Group justify="flex-end"><Button size="xs" variant="default" leftSection={<Download size={14} aria-hidden />} onClick={() => { saveFile(file, fileNameOf(recording, file)); }}>{text.download}</Button></Group>
    </Stack>
  );
}
