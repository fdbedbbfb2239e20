import dayjs from 'dayjs';
import chinese from 'dayjs/locale/zh-cn';
import { useLanguage } from '../text/catalogue.ts';

/* Pickers of days and times have texts in the zone of whoever looks; everything else has milliseconds. */

export const pickedOf = (at: number | undefined): string | null => (at === undefined ? null : dayjs(at).format('YYYY-MM-DD HH:mm:ss'));
export const momentOf = (picked: string | null): number | undefined => (picked === null || picked === '' ? undefined : dayjs(picked).valueOf());
export const usePickerLocale = (): string => (useLanguage() === 'zh' ? chinese.name : 'en');
