import { Alert, Button, Group, Text } from '@mantine/core';
import { CloudOff, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { catalogue, useText } from '../text/catalogue.ts';
import { useTold } from '../told/told.ts';
import { faultOf, type Fault } from '../session/fault.ts';

const texts = catalogue({
  en: {
    offline: 'Parley does not answer', offlineHint: 'The server is away or the line is. This page tries again by itself.', undoneHint: 'The server is away or the line is. Nothing was done: do it again when Parley is back.',
    forbidden: 'Not allowed', forbiddenHint: 'Ask an administrator of your tenant for the right to do this.',
    missing: 'Not found', missingHint: 'Go back and look again.',
    conflict: 'That does not fit how things are now', conflictHint: 'Look at the current state and try again.',
    invalid: 'Something that was entered does not fit', invalidHint: 'Mend it and try again.',
    tooMany: 'Too many requests', tooManyHint: 'Wait a moment, then try again.',
    failed: 'That did not work', failedHint: 'Try again. If it goes on, give the message to whoever runs this installation.',
    again: 'Try again',
  },
  zh: {
    offline: 'Parley 没有响应', offlineHint: '服务器或网络暂时中断，页面会自动重试。', undoneHint: '服务器或网络暂时中断，操作未执行，请在恢复后重试。',
    forbidden: '没有权限', forbiddenHint: '请向租户管理员申请此权限。',
    missing: '未找到', missingHint: '请返回后重新查看。',
    conflict: '与当前状态不符', conflictHint: '请查看最新状态后重试。',
    invalid: '输入的内容不正确', invalidHint: '请修改后重试。',
    tooMany: '请求过于频繁', tooManyHint: '请稍候再试。',
    failed: '操作未成功', failedHint: '请重试；如仍失败，请将此消息告知系统运维人员。',
    again: '重试',
  },
});

type Kind = 'offline' | 'unknown' | 'forbidden' | 'missing' | 'conflict' | 'invalid' | 'tooMany' | 'failed';

function kindOf({ isOffline, status }: Fault): Kind {
  if (isOffline) return 'offline';
  const kinds: Readonly<Record<number, Kind>> = { 400: 'invalid', 401: 'unknown', 403: 'forbidden', 404: 'missing', 409: 'conflict', 429: 'tooMany' };
  return kinds[status] ?? 'failed';
}

/** Asking again would be answered the same. */
const FINAL: ReadonlySet<Kind> = new Set(['forbidden', 'missing']);

/** A short line for a notification of what could not be done: what it means, and what the server said. */
export function useFaultText(): (error: unknown) => { readonly title: string; readonly message: string } {
  const text = useText(texts);
  const told = useTold();
  return (error) => {
    const fault = faultOf(error);
    const kind = kindOf(fault);
    if (kind === 'unknown') return { title: text.failed, message: told(fault.message) };
    return { title: text[kind], message: kind === 'offline' ? text.undoneHint : told(fault.message) };
  };
}

export interface FaultAlertProps {
  readonly error: unknown;
  /** Of what is read, which is tried again by itself as well. */
  readonly onRetry?: (() => void) | undefined;
  /** What to do where there was no answer to what somebody wanted done. */
  readonly undoneHint?: string;
  readonly children?: ReactNode;
}

/** What went wrong, in words, with what to do about it. */
export function FaultAlert({ error, onRetry, undoneHint, children }: FaultAlertProps) {
  const text = useText(texts);
  const told = useTold();
  const fault = faultOf(error);
  const kind = kindOf(fault);
  // Who somebody is needs no more words than the server has for it.
  if (kind === 'unknown') return <Alert color="red" icon={<TriangleAlert />} role="alert">{told(fault.message)}{children}</Alert>;
  const isUndone = kind === 'offline' && onRetry === undefined;
  return (
    <Alert color={kind === 'offline' ? 'yellow' : 'red'} icon={kind === 'offline' ? <CloudOff /> : <TriangleAlert />} title={text[kind]} role="alert">
      {kind !== 'offline' && <Text size="sm">{told(fault.message)}</Text>}
      <Text size="sm" c="dimmed">{isUndone ? undoneHint ?? text.undoneHint : text[`${kind}Hint`]}</Text>
      {children}
      {onRetry !== undefined && !FINAL.has(kind) && <Group mt="sm"><Button size="xs" variant="light" onClick={onRetry}>{text.again}</Button></Group>}
    </Alert>
  );
}
