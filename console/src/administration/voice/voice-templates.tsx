import { Button, Group, NumberInput, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { MessageSquareText, Plus } from 'lucide-react';
import { useState } from 'react';
import { listVoiceTemplates, reviewVoiceTemplate } from '@parley/contract/admin/voice.ts';
import { createVoiceTemplate, locales } from '@parley/contract/configuration/voice.ts';
import { useAskedByPage, useChange } from '../../session/asking.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { Empty } from '../../show/empty.tsx';
import { useNotice } from '../../show/notice.ts';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { ReviewDialog, ReviewState, StatusChoice } from './review.tsx';
import { statusOf, type StatusFilter, type VoiceTemplate } from './voice.ts';
import { voiceTexts } from './voice-texts.ts';

const VOICES = ['cn_kefuman_common', 'cn_chengshuxing_common', 'cn_roumeiqian_common', 'cn_ziranzhen_common', 'cn_tianmeiru_common'] as const;

interface TemplateDraft {
  readonly name: string;
  readonly content: string;
  readonly language: (typeof locales)[number];
  readonly voice: (typeof VOICES)[number];
  readonly speed: number;
  readonly volume: number;
}

const NEW_TEMPLATE: TemplateDraft = { name: '', content: '', language: 'en_US', voice: 'cn_kefuman_common', speed: 0, volume: 50 };

function TemplateEditor({ onClose }: { readonly onClose: () => void }) {
  const text = useText(voiceTexts);
  const notice = useNotice();
  const { check, typed, numeric } = useContractFields(createVoiceTemplate);
  const create = useChange(createVoiceTemplate, [listVoiceTemplates]);
  const form = useForm({ initialValues: NEW_TEMPLATE, validate: { name: check('name', text.nameForm), content: check('voicecontent.textcontent'), speed: check('speed'), volume: check('volume') } });
  const submit = form.onSubmit(({ name, content, language, voice, speed, volume }) => {
    create.mutate({ name, scene: '3', speed, volume, voicename: voice, voicecontent: { textcontent: content, language } }, {
      onSuccess: () => {
        notice.done(text.made(name));
        onClose();
      },
    });
  });
  return (
    <Editor title={text.newTemplate} isOpen onClose={onClose} onSubmit={submit} isSaving={create.isPending} error={create.error}>
      <TextInput label={text.name} description={text.nameHint} data-autofocus {...typed('name')} {...form.getInputProps('name')} />
      <Textarea label={text.content} description={text.contentHint} autosize minRows={3} {...typed('voicecontent.textcontent')} {...form.getInputProps('content')} />
      <Select label={text.locale} allowDeselect={false} data={locales.map((value) => ({ value, label: text.locales[value] }))} {...form.getInputProps('language')} />
      <Select label={text.voice} allowDeselect={false} data={VOICES.map((value) => ({ value, label: text.voices[value] }))} {...form.getInputProps('voice')} />
      <NumberInput label={text.speed} {...numeric('speed')} {...form.getInputProps('speed')} />
      <NumberInput label={text.volume} {...numeric('volume')} {...form.getInputProps('volume')} />
    </Editor>
  );
}

function Review({ template, onClose }: { readonly template: VoiceTemplate; readonly onClose: () => void }) {
  const text = useText(voiceTexts);
  const notice = useNotice();
  const review = useChange(reviewVoiceTemplate, [listVoiceTemplates]);
  const done = (): void => {
    notice.done(text.reviewed(template.name));
    onClose();
  };
  return (
    <ReviewDialog name={template.name} isBusy={review.isPending} error={review.error} onClose={onClose} onDecide={(decision) => { review.mutate({ id: template.id, ...decision }, { onSuccess: done }); }}>
      <Text style={{ whiteSpace: 'pre-wrap' }}>{template.content}</Text>
    </ReviewDialog>
  );
}

/** The texts with variables that notifications speak. */
export function VoiceTemplates({ isChangeable }: { readonly isChangeable: boolean }) {
  const text = useText(voiceTexts);
  const { moment } = useFormat();
  const [filter, setFilter] = useState<StatusFilter>('all');
  const [reviewed, setReviewed] = useState<VoiceTemplate>();
  const [isMaking, setMaking] = useState(false);
  const pages = useAskedByPage(listVoiceTemplates, statusOf(filter), 'olderThan');
  const add = isChangeable && <Button leftSection={<Plus size={16} />} onClick={() => { setMaking(true); }}>{text.newTemplate}</Button>;
  const voiceOf = (voice: string): string => (text.voices as Readonly<Record<string, string>>)[voice] ?? voice;
  const columns: readonly Column<VoiceTemplate>[] = [
    { id: 'name', title: text.name, render: ({ name }) => name },
    { id: 'content', title: text.content, render: ({ content }) => <Text size="sm" lineClamp={3}>{content}</Text> },
    { id: 'language', title: text.locale, render: ({ language }) => text.locales[language] },
    { id: 'voice', title: text.voice, render: ({ voice }) => voiceOf(voice) },
    { id: 'createdAt', title: text.createdAt, render: ({ createdAt }) => moment(createdAt) },
    { id: 'status', title: text.status, render: (template) => <ReviewState review={template} /> },
  ];
  return (
    <>
      <Group justify="space-between" mb="sm"><StatusChoice value={filter} onChange={setFilter} />{add}</Group>
      <Records
        label={text.templates} rows={pages.data?.pages.flatMap(({ templates }) => templates)} idOf={({ id }) => id} columns={columns} error={pages.error} onRetry={() => { void pages.refetch(); }}
        more={{ isThere: pages.hasNextPage, isLoading: pages.isFetchingNextPage, show: () => { void pages.fetchNextPage(); } }}
        actions={isChangeable ? (template) => template.status === 'waiting' && (
          <Button size="compact-xs" aria-label={text.reviewOf(template.name)} onClick={() => { setReviewed(template); }}>{text.review}</Button>
        ) : undefined}
        empty={<Empty icon={MessageSquareText} title={text.noTemplates} hint={text.noTemplatesHint} />}
      />
      {reviewed !== undefined && <Review template={reviewed} onClose={() => { setReviewed(undefined); }} />}
      {isMaking && <TemplateEditor onClose={() => { setMaking(false); }} />}
    </>
  );
}
