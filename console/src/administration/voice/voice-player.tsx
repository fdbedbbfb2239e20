import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { downloadVoiceFile } from '@parley/contract/admin/voice.ts';
import { Refused } from '@parley/contract/client.ts';
import { keyOf } from '../../session/asking.ts';
import { api } from '../../session/client.ts';
import { FaultAlert } from '../../show/fault-alert.tsx';
import { useText } from '../../text/catalogue.ts';
import type { VoiceFile } from './voice.ts';
import { voiceTexts } from './voice-texts.ts';

async function soundOf(id: string): Promise<Uint8Array<ArrayBuffer>> {
  const { ok, status, body, bytes } = await api.call(downloadVoiceFile, { id });
  if (!ok) throw new Refused(downloadVoiceFile.id, status, body);
  return new Uint8Array(bytes);
}

/** Plays a voice file. It is fetched with the session, as a bare address would not say for which tenant an operator listens. */
export function VoicePlayer({ file: { id, name } }: { readonly file: Pick<VoiceFile, 'id' | 'name'> }) {
  const text = useText(voiceTexts);
  const sound = useQuery({ queryKey: keyOf(downloadVoiceFile, { id }), queryFn: () => soundOf(id), staleTime: Number.POSITIVE_INFINITY });
  const { data, error, refetch } = sound;
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (data === undefined) return undefined;
    const made = URL.createObjectURL(new Blob([data], { type: 'audio/wav' }));
    setUrl(made);
    return () => { URL.revokeObjectURL(made); };
  }, [data]);
  if (error !== null) return <FaultAlert error={error} onRetry={() => { void refetch(); }} />;
  if (url === undefined) return <Loader size="sm" />;
  return <audio controls src={url} aria-label={text.listenTo(name)} style={{ width: '100%' }} />;
}
