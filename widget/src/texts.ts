import type { Ending, Stage } from './call-state.ts';

/* Every word of the button, in each language. */

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

interface Texts {
  readonly label: string;
  readonly title: string;
  readonly close: string;
  /** Said before the browser asks. */
  readonly beforehand: string;
  readonly call: string;
  readonly again: string;
  readonly hangUp: string;
  readonly mute: string;
  readonly unmute: string;
  readonly keypad: string;
  readonly key: (key: string) => string;
  readonly stages: Readonly<Record<Exclude<Stage, 'ready' | 'ended'>, string>>;
  readonly muted: string;
  readonly lineDown: string;
  readonly image: string;
  readonly send: string;
  readonly decline: string;
  readonly sending: string;
  readonly endings: Readonly<Record<Ending, string>>;
}

export const texts: Readonly<Record<Language, Texts>> = {
  en: {
    label: 'Call us', title: 'Call us', close: 'Close', beforehand: 'You call from this page, at no charge. Your browser will ask whether it may use the microphone, so that we can hear you.',
    call: 'Call now', again: 'Call again', hangUp: 'Hang up', mute: 'Mute', unmute: 'Unmute', keypad: 'Keypad', key: (key) => `Key ${key}`,
    stages: {
      microphone: 'Please allow the microphone', calling: 'Calling …', ringing: 'Ringing …', connected: 'Connected', waiting: 'Waiting for somebody to be free', talking: 'You are talking', held: 'You are on hold',
    },
    muted: 'muted', lineDown: 'Your connection is interrupted. Stay here: the call comes back if it can.',
    image: 'You are asked for a picture of yourself. Your camera will take one.', send: 'Take and send', decline: 'No, thanks', sending: 'Sending the picture …',
    endings: {
      hungUp: 'You hung up.', over: 'The call has ended.', nobody: 'Nobody could take your call. Please try again later.', busy: 'All lines are busy. Please try again in a while.',
      refused: 'This number cannot be called from this page.', tooMany: 'Too many calls at the moment. Please try again in a minute.', unavailable: 'Calls are not taken at the moment.',
      unreachable: 'The call centre cannot be reached. Please check your connection.', lost: 'The connection was lost.', failed: 'The call did not work. Please try again.',
      microphoneDenied: 'Without the microphone we cannot hear you. Allow it at the address bar, then call again.',
      microphoneMissing: 'There is no microphone, or another program uses it.', microphoneInsecure: 'Browsers give the microphone to pages over HTTPS only.',
    },
  },
  zh: {
    label: '联系客服', title: '联系客服', close: '关闭', beforehand: '通话在本网页进行，无需付费。浏览器将询问是否允许使用麦克风，以便我们听到您的声音。',
    call: '立即呼叫', again: '重新呼叫', hangUp: '挂断', mute: '静音', unmute: '取消静音', keypad: '拨号键盘', key: (key) => `按键 ${key}`,
    stages: { microphone: '请允许使用麦克风', calling: '正在呼叫…', ringing: '正在振铃…', connected: '已接通', waiting: '正在等待空闲座席', talking: '通话中', held: '通话保持中' },
    muted: '已静音', lineDown: '网络连接中断，请勿离开，恢复后通话将继续。',
    image: '客服请求获取您的照片，将使用您的摄像头拍摄。', send: '拍摄并发送', decline: '不，谢谢', sending: '正在发送照片…',
    endings: {
      hungUp: '您已挂断。', over: '通话已结束。', nobody: '暂时无人接听，请稍后再试。', busy: '线路繁忙，请稍后再试。',
      refused: '此网页不能呼叫该号码。', tooMany: '呼叫过于频繁，请一分钟后再试。', unavailable: '目前不接受呼叫。',
      unreachable: '无法连接客服中心，请检查网络。', lost: '连接已断开。', failed: '呼叫失败，请重试。',
      microphoneDenied: '没有麦克风我们听不到您的声音。请在地址栏中允许使用麦克风，然后重新呼叫。',
      microphoneMissing: '没有可用的麦克风，或正被其他程序占用。', microphoneInsecure: '浏览器仅允许 HTTPS 网页使用麦克风。',
    },
  },
};

/** The first of these that is known: what the tag says, the page's own, the browser's. */
export function languageOf(...given: readonly (string | undefined)[]): Language {
  for (const one of given) {
    const found = LANGUAGES.find((language) => one?.toLowerCase().split('-')[0] === language);
    if (found !== undefined) return found;
  }
  return 'en';
}
