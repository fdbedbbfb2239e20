import { Alert, Button, Group, Text } from '@mantine/core';
import { CloudOff, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { catalogue, useText } from '../text/catalogue.ts';
import { faultOf, type Fault } from '../session/fault.ts';

const texts = catalogue({
  en: {
    offline: 'Parley does not answer', offlineHint: 'The server is away or the line is. This page tries again by itself.',
    forbidden: 'Not allowed', forbiddenHint: 'Ask an administrator of your tenant for the right to do this.',
    missing: 'Not there any more', missingHint: 'Somebody may have removed it. Go back and look again.',
    conflict: 'That does not fit how things are now', conflictHint: 'Look at the current state and try again.',
    invalid: 'Something that was entered does not fit', invalidHint: 'Mend it and try again.',
    tooMany: 'Too many requests', tooManyHint: 'Wait a moment, then try again.',
    failed: 'That did not work', failedHint: 'Try again. If it goes on, give the message to whoever runs this installation.',
    again: 'Try again',
  },
  zh: {
    offline: 'Parley 没有响应', offlineHint: '服务器或网络暂时中断，页面会自动重试。',
    forbidden: '没有权限', forbiddenHint: '请向租户管理员申请此权限。',
    missing: '已不存在', missingHint: '可能已被他人删除，请返回后重新查看。',
    conflict: '与当前状态不符', conflictHint: '请查看最新状态后重试。',
    invalid: '输入的内容不正确', invalidHint: '请修改后重试。',
    tooMany: '请求过于频繁', tooManyHint: '请稍候再试。',
    failed: '操作未成功', failedHint: '请重试；如仍失败，请将此消息告知系统运维人员。',
    again: '重试',
  },
});

type Kind = 'offline' | 'forbidden' | 'missing' | 'conflict' | 'invalid' | 'tooMany' | 'failed';

function kindOf({ isOffline, status }: Fault): Kind {
  if (isOffline) return 'offline';
  const kinds: Readonly<Record<number, Kind>> = { 400: 'invalid', 403: 'forbidden', 404: 'missing', 409: 'conflict', 429: 'tooMany' };
  return kinds[status] ?? 'failed';
}

/** A short line for a notification: what it means, and what the server said. */
export function useFaultText(): (error: unknown) => { readonly title: string; readonly message: string } {
  const text = useText(texts);
  return (error) => {
    const fault = faultOf(error);
    const kind = kindOf(fault);
    return { title: text[kind], message: kind === 'offline' ? text.offlineHint : fault.message };
  };
}

export interface FaultAlertProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly children?: ReactNode;
}

/** What went wrong, in words, with what to do about it. */
export function FaultAlert({ error, onRetry, children }: FaultAlertProps) {
  const text = useText(texts);
  const fault = faultOf(error);
  const kind = kindOf(fault);
  return (
    <Alert color={kind === 'offline' ? 'yellow' : 'red'} icon={kind === 'offline' ? <CloudOff /> : <TriangleAlert />} title={text[kind]} role="alert">
      {kind !== 'offline' && <Text size="sm">{fault.message}</Text>}
      <Text size="sm" c="dimmed">{text[`${kind}Hint`]}</Text>
      {children}
      {onRetry !== undefined && <Group mt="sm"><Button size="xs" variant="light" onClick={onRetry}>{text.again}</Button></Group>}
    </Alert>
  );
}
