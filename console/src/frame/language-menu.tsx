import { ActionIcon, Menu } from '@mantine/core';
import { Languages } from 'lucide-react';
import { catalogue, LANGUAGES, setLanguage, useText, type Language } from '../text/catalogue.ts';

const texts = catalogue({ en: { label: 'Language' }, zh: { label: '语言' } });
const CHOICES = Object.entries(LANGUAGES) as readonly (readonly [Language, string])[];

export function LanguageMenu() {
  const text = useText(texts);
  return (
    <Menu>
      <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={text.label}><Languages size={18} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {CHOICES.map(([language, name]) => <Menu.Item key={language} lang={language} onClick={() => { setLanguage(language); }}>{name}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}
