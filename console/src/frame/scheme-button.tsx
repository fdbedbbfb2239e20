import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Moon, Sun } from 'lucide-react';
import { catalogue, useText } from '../text/catalogue.ts';

const texts = catalogue({ en: { dark: 'Dark colours', light: 'Light colours' }, zh: { dark: '深色', light: '浅色' } });

export function SchemeButton() {
  const text = useText(texts);
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={isDark ? text.light : text.dark} onClick={() => { setColorScheme(isDark ? 'light' : 'dark'); }}>
      {isDark ? <Sun size={18} /> : <Moon size={18} />}
    </ActionIcon>
  );
}
