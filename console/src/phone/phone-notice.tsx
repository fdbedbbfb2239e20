import { Alert, Button, Group, Text } from '@mantine/core';
import { MicOff } from 'lucide-react';
import { catalogue, useText } from '../text/catalogue.ts';
import { openMicrophone, useDevices, type MicrophoneState } from './devices.ts';

const texts = catalogue({
  en: {
    asked: 'Allow the microphone', askedHint: 'The browser asks whether this page may use it. Calls wait for your answer.',
    refused: 'The microphone is blocked', refusedHint: 'Press the lock beside the page\'s address, allow the microphone, then try again. Until then calls go to others.',
    missing: 'No microphone is found', missingHint: 'Plug one in, then try again. Until then calls go to others.',
    insecure: 'This page may not use a microphone', insecureHint: 'Browsers allow it over HTTPS and on localhost only. Open the console by its https:// address, or take calls at another phone.',
    failed: 'The microphone cannot be opened', failedHint: 'Another program may have it. Close that, then try again. Until then calls go to others.', again: 'Try again',
  },
  zh: {
    asked: '请允许使用麦克风', askedHint: '浏览器正在询问是否允许使用麦克风，来电将等待您的选择。',
    refused: '麦克风被禁用', refusedHint: '点击地址栏旁的锁形图标，允许麦克风后重试。在此之前来电会转给其他座席。',
    missing: '未找到麦克风', missingHint: '请接入麦克风后重试。在此之前来电会转给其他座席。',
    insecure: '此页面不能使用麦克风', insecureHint: '浏览器仅允许 HTTPS 和 localhost 使用麦克风。请用 https:// 地址打开控制台，或使用其他话机。',
    failed: '无法打开麦克风', failedHint: '可能被其他程序占用，请关闭后重试。在此之前来电会转给其他座席。', again: '重试',
  },
});

type Trouble = Exclude<MicrophoneState, 'unasked' | 'there'>;
const isTrouble = (state: MicrophoneState): state is Trouble => state !== 'unasked' && state !== 'there';

/** Why nobody would hear the agent, and what to do about it. */
export function PhoneNotice() {
  const text = useText(texts);
  const { microphone } = useDevices();
  if (!isTrouble(microphone)) return null;
  return (
    <Alert color={microphone === 'asked' ? 'blue' : 'red'} icon={<MicOff />} title={text[microphone]} role="alert">
      <Text size="sm">{text[`${microphone}Hint`]}</Text>
      {microphone !== 'asked' && microphone !== 'insecure' && <Group mt="xs"><Button size="xs" variant="light" onClick={() => { void openMicrophone(); }}>{text.again}</Button></Group>}
    </Alert>
  );
}
