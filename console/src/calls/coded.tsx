import { Text } from '@mantine/core';
import { catalogue, useText } from '../text/catalogue.ts';
import { codeWords } from './code-words.ts';

export const codeTexts = catalogue(codeWords);

export interface CodedProps {
  readonly kind: 'reasons' | 'causes' | 'operations';
  readonly code: number;
}

/** A code of the records in words, with the code beside it for those who look it up. */
export function Coded({ kind, code }: CodedProps) {
  const text = useText(codeTexts);
  const words: Readonly<Record<number, string>> = text[kind];
  return <>{words[code] ?? text.unknown} <Text span size="xs" c="dimmed">{code}</Text></>;
}
