import { useHotkeys } from '@mantine/hooks';
import { catalogue } from '../text/catalogue.ts';

/** Every command of the desk that has a key. All but the last go with Alt, so that they work in the middle of writing too. */
export const SHORTCUTS = {
  answer: 'Alt+A', hangUp: 'Alt+H', hold: 'Alt+O', mute: 'Alt+M', transfer: 'Alt+T', swap: 'Alt+S', join: 'Alt+J', comeBack: 'Alt+B', leaveThem: 'Alt+L', keypad: 'Alt+K', record: 'Alt+C', dial: 'Alt+N', reject: 'Alt+X',
  ready: 'Alt+R', busy: 'Alt+Y', rest: 'Alt+P', wrapUp: 'Alt+W', outcome: 'Alt+U', caller: 'Alt+1', data: 'Alt+2', notes: 'Alt+3', waiting: 'Alt+4', chat: 'Alt+5', help: '?',
} as const;

export type Command = keyof typeof SHORTCUTS;
export const COMMANDS = Object.keys(SHORTCUTS) as readonly Command[];

export const shortcutTexts = catalogue({
  en: {
    title: 'Shortcuts', hint: 'They work in this window, whatever you are writing.',
    commands: {
      answer: 'Answer', hangUp: 'Hang up', hold: 'Hold, or resume', mute: 'Mute, or unmute', transfer: 'Transfer or consult', swap: 'Swap the calls', join: 'Join all three', comeBack: 'Back to the customer', leaveThem: 'Leave them together',
      keypad: 'Keypad', record: 'Record, or stop', dial: 'Call somebody', reject: 'Reject', ready: 'Ready', busy: 'Busy', rest: 'Rest', wrapUp: 'Wrap-up', outcome: 'Note the outcome', caller: 'Show the caller', data: 'Show the call data', notes: 'Show the notes',
      waiting: 'Show the queues', chat: 'Show the chats', help: 'This list',
    },
  },
  zh: {
    title: '快捷键', hint: '在本窗口内随时可用，输入文字时也可用。',
    commands: {
      answer: '应答', hangUp: '挂断', hold: '保持或取回', mute: '静音或取消', transfer: '转接或咨询', swap: '切换通话', join: '三方通话', comeBack: '返回客户', leaveThem: '转交对方',
      keypad: '拨号盘', record: '开始或停止录音', dial: '呼叫', reject: '拒接', ready: '示闲', busy: '示忙', rest: '休息', wrapUp: '整理', outcome: '记录业务结果', caller: '查看客户', data: '查看随路数据', notes: '查看便签',
      waiting: '查看队列', chat: '查看会话', help: '本列表',
    },
  },
});

/** As it is typed: letters and digits by where they are on the keyboard, as Alt makes other signs of them on some. */
function hotkeyOf(command: Command): string {
  const [modifier, key] = SHORTCUTS[command].split('+');
  if (key === undefined) return 'shift+?';
  return /^\d$/.test(key) ? `${modifier}+digit${key}` : `${modifier}+${key}`;
}

/** Runs a command by its key, as long as there is something for it to do. */
export function useShortcut(command: Command, run: (() => void) | undefined): void {
  const isAlways = command !== 'help';
  // Without Alt it is what somebody writes.
  useHotkeys(run === undefined ? [] : [[hotkeyOf(command), run, { usePhysicalKeys: isAlways }]], isAlways ? [] : ['INPUT', 'TEXTAREA', 'SELECT'], isAlways);
}

/** A telephone or a tablet has no keys to speak of. */
export const hasKeys = (): boolean => matchMedia('(any-pointer: fine)').matches;

/** A button's words, with its key behind them. */
export const titled = (label: string, command: Command): string => (hasKeys() ? `${label} (${SHORTCUTS[command]})` : label);
