import { Badge, Button, Group, Modal, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { FaultAlert } from '../../show/fault-alert.tsx';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { STATUS_FILTERS, type ReviewStatus, type StatusFilter, type VoiceFile } from './voice.ts';
import { voiceTexts } from './voice-texts.ts';

const COLOURS: Readonly<Record<ReviewStatus, string>> = { waiting: 'yellow', approved: 'teal', rejected: 'red' };

/** Where the review of something stands, and what was said. */
export function ReviewState({ review: { status, comment, decidedBy, decidedAt, callbackState } }: { readonly review: Pick<VoiceFile, 'status' | 'comment' | 'decidedBy' | 'decidedAt' | 'callbackState'> }) {
  const text = useText(voiceTexts);
  const { moment } = useFormat();
  return (
    <Stack gap={2}>
      <Badge variant="light" color={COLOURS[status]}>{text.statuses[status]}</Badge>
      {comment !== null && comment !== '' && <Text size="xs">{comment}</Text>}
      {decidedBy !== null && decidedAt !== null && <Text size="xs" c="dimmed">{text.decided(decidedBy, moment(decidedAt))}</Text>}
      {callbackState !== 'none' && <Text size="xs" c="dimmed">{text.told[callbackState]}</Text>}
    </Stack>
  );
}

export function StatusChoice({ value, onChange }: { readonly value: StatusFilter; readonly onChange: (value: StatusFilter) => void }) {
  const text = useText(voiceTexts);
  return <SegmentedControl aria-label={text.show} size="xs" value={value} onChange={onChange} data={STATUS_FILTERS.map((one) => ({ value: one, label: text.filters[one] }))} />;
}

export interface Decision {
  readonly decision: 'approve' | 'reject';
  readonly comment?: string;
}

export interface ReviewDialogProps {
  readonly name: string;
  /** What is to be heard or read before one decides. */
  readonly children: ReactNode;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onDecide: (decision: Decision) => void;
  readonly onClose: () => void;
}

/** The decision on a file or template; a rejection needs a reason. */
export function ReviewDialog({ name, children, isBusy, error, onDecide, onClose }: ReviewDialogProps) {
  const text = useText(voiceTexts);
  const [comment, setComment] = useState('');
  const [isReasonMissing, setReasonMissing] = useState(false);
  const decide = (decision: Decision['decision']): void => {
    const said = comment.trim();
    if (decision === 'reject' && said === '') setReasonMissing(true);
    else onDecide(said === '' ? { decision } : { decision, comment: said });
  };
  return (
    <Modal opened onClose={onClose} title={text.reviewOf(name)} centered size="lg">
      <Stack>
        {children}
        <Textarea
          label={text.comment} description={text.commentHint} maxLength={500} autosize value={comment} error={isReasonMissing && comment.trim() === '' ? text.commentMissing : undefined}
          onChange={({ currentTarget }) => { setComment(currentTarget.value); }}
        />
        {error != null && <FaultAlert error={error} />}
        <Group justify="space-between">
          <Text size="sm" c="dimmed">{text.final}</Text>
          <Group gap="xs">
            <Button color="red" variant="light" disabled={isBusy} onClick={() => { decide('reject'); }}>{text.reject}</Button>
            <Button color="teal" loading={isBusy} onClick={() => { decide('approve'); }}>{text.approve}</Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
