import { Button, FileInput, Group, Modal, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AudioLines, Play, Upload as UploadIcon } from 'lucide-react';
import { useState } from 'react';
import { listVoiceFiles, reviewVoiceFile } from '@parley/contract/admin/voice.ts';
import { importVoiceFileUpload, locales, voiceTypes } from '@parley/contract/configuration/voice.ts';
import { keyOf, useAskedByPage, useChange } from '../../session/asking.ts';
import { api } from '../../session/client.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { Empty } from '../../show/empty.tsx';
import { useNotice } from '../../show/notice.ts';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { clockText, useFormat } from '../../text/format.ts';
import { ReviewDialog, ReviewState, StatusChoice } from './review.tsx';
import { base64Of, fileFlawOf, kindOf, nameFrom, statusOf, type StatusFilter, type VoiceFile } from './voice.ts';
import { VoicePlayer } from './voice-player.tsx';
import { voiceTexts } from './voice-texts.ts';

interface UploadDraft {
  readonly file: File | null;
  readonly name: string;
  readonly locale: (typeof locales)[number];
  readonly voiceType: (typeof voiceTypes)[number];
}

const NEW_FILE: UploadDraft = { file: null, name: '', locale: 'en_US', voiceType: '0' };

async function upload({ file, name, locale, voiceType }: UploadDraft): Promise<void> {
  const fileType = kindOf(file?.name ?? '');
  if (file === null || fileType === undefined) throw new Error('there is no file to upload');
  const fileInfo = base64Of(new Uint8Array(await file.arrayBuffer()));
  await api.ask(importVoiceFileUpload, { fileInfo, fileType, locale, voiceType, ...(name === '' ? {} : { voiceFileName: name }) });
}

function Uploader({ onClose }: { readonly onClose: () => void }) {
  const text = useText(voiceTexts);
  const notice = useNotice();
  const kept = useQueryClient();
  const { check, typed } = useContractFields(importVoiceFileUpload);
  const sending = useMutation({
    mutationFn: upload,
    onSuccess: async (_done, { name, file }) => {
      notice.done(text.uploaded(name || (file?.name ?? '')));
      onClose();
      await kept.invalidateQueries({ queryKey: keyOf(listVoiceFiles) });
    },
  });
  const form = useForm({
    initialValues: NEW_FILE,
    validate: {
      file: (file) => {
        const flaw = fileFlawOf(file);
        return flaw === undefined ? null : text.flaws[flaw];
      },
      name: check('voiceFileName', text.nameForm),
    },
  });
  const choose = (file: File | null): void => {
    form.setFieldValue('file', file);
    if (file !== null && form.values.name === '') form.setFieldValue('name', nameFrom(file.name));
  };
  return (
    <Editor title={text.upload} isOpen onClose={onClose} onSubmit={form.onSubmit((draft) => { sending.mutate(draft); })} isSaving={sending.isPending} error={sending.error}>
      <FileInput label={text.file} description={text.fileHint} placeholder={text.chooseFile} required accept=".wav,.mp3,audio/wav,audio/mpeg" {...form.getInputProps('file')} onChange={choose} />
      <TextInput label={text.name} description={text.nameHint} {...typed('voiceFileName')} {...form.getInputProps('name')} />
      <Select label={text.locale} allowDeselect={false} data={locales.map((value) => ({ value, label: text.locales[value] }))} {...form.getInputProps('locale')} />
      <Select label={text.type} allowDeselect={false} data={voiceTypes.map((value) => ({ value, label: text.types[value] }))} {...form.getInputProps('voiceType')} />
    </Editor>
  );
}

function Review({ file, onClose }: { readonly file: VoiceFile; readonly onClose: () => void }) {
  const text = useText(voiceTexts);
  const notice = useNotice();
  const review = useChange(reviewVoiceFile, [listVoiceFiles]);
  const done = (): void => {
    notice.done(text.reviewed(file.name));
    onClose();
  };
  return (
    <ReviewDialog name={file.name} isBusy={review.isPending} error={review.error} onClose={onClose} onDecide={(decision) => { review.mutate({ id: file.id, ...decision }, { onSuccess: done }); }}>
      <VoicePlayer file={file} />
    </ReviewDialog>
  );
}

/** The voice files of the tenant: uploaded, heard and reviewed. */
export function VoiceFiles({ isChangeable }: { readonly isChangeable: boolean }) {
  const text = useText(voiceTexts);
  const { moment } = useFormat();
  const [filter, setFilter] = useState<StatusFilter>('all');
  const [heard, setHeard] = useState<VoiceFile>();
  const [reviewed, setReviewed] = useState<VoiceFile>();
  const [isUploading, setUploading] = useState(false);
  const pages = useAskedByPage(listVoiceFiles, statusOf(filter), 'olderThan');
  const add = isChangeable && <Button leftSection={<UploadIcon size={16} />} onClick={() => { setUploading(true); }}>{text.upload}</Button>;
  const columns: readonly Column<VoiceFile>[] = [
    { id: 'name', title: text.name, render: ({ name }) => name },
    { id: 'type', title: text.type, render: ({ voiceType }) => text.types[voiceType] },
    { id: 'locale', title: text.locale, render: ({ locale }) => text.locales[locale] },
    { id: 'duration', title: text.duration, isNumber: true, render: ({ durationMs }) => clockText(durationMs) },
    { id: 'createdAt', title: text.createdAt, render: ({ createdAt }) => moment(createdAt) },
    { id: 'status', title: text.status, render: (file) => <ReviewState review={file} /> },
  ];
  return (
    <>
      <Group justify="space-between" mb="sm"><StatusChoice value={filter} onChange={setFilter} />{add}</Group>
      <Records
        label={text.files} rows={pages.data?.pages.flatMap(({ files }) => files)} idOf={({ id }) => id} columns={columns} error={pages.error} onRetry={() => { void pages.refetch(); }}
        more={{ isThere: pages.hasNextPage, isLoading: pages.isFetchingNextPage, show: () => { void pages.fetchNextPage(); } }}
        actions={(file) => (
          <>
            <Button size="compact-xs" variant="light" leftSection={<Play size={12} />} aria-label={text.listenTo(file.name)} onClick={() => { setHeard(file); }}>{text.listen}</Button>
            {isChangeable && file.status === 'waiting' && <Button size="compact-xs" aria-label={text.reviewOf(file.name)} onClick={() => { setReviewed(file); }}>{text.review}</Button>}
          </>
        )}
        empty={<Empty icon={AudioLines} title={text.noFiles} hint={text.noFilesHint} />}
      />
      {heard !== undefined && <Modal opened onClose={() => { setHeard(undefined); }} title={heard.name} centered><VoicePlayer file={heard} /></Modal>}
      {reviewed !== undefined && <Review file={reviewed} onClose={() => { setReviewed(undefined); }} />}
      {isUploading && <Uploader onClose={() => { setUploading(false); }} />}
    </>
  );
}
