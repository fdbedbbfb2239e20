import type { Prompt } from './prompt.ts';

/** What a caller hears for whom nothing more can be done, in the languages of 5.4.4, where the flow has no words of its own. */
const APOLOGIES: Readonly<Record<string, string>> = {
  en: 'We are sorry, something went wrong. Please call again later. Goodbye.',
  zh: '很抱歉，系统出现故障，请稍后再拨。再见。',
  pt: 'Lamentamos, ocorreu um erro. Por favor, ligue mais tarde. Até logo.',
  th: 'ขออภัย ระบบขัดข้อง กรุณาโทรใหม่ภายหลัง สวัสดี',
};

export function apologyIn(language: string): Prompt {
  const text = APOLOGIES[language.slice(0, 2)];
  return [{ say: [text ?? APOLOGIES['en'] ?? ''], language: text === undefined ? 'en' : undefined, voice: undefined, rate: undefined }];
}
