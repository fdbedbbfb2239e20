import { Box, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '../../text/catalogue.ts';
import { parsed } from '../fields/simple-inputs.tsx';
import { isJson, isSame } from '../graph/json.ts';
import { useDesign } from './design.ts';
import { designerTexts } from './designer-texts.ts';

const asText = (definition: object): string => JSON.stringify(definition, null, 2);

/** The definition as it goes over the wire: whatever can be said in it can be written here. */
export function JsonView() {
  const text = useText(designerTexts);
  const { definition, mayChange, change } = useDesign();
  const [typed, setTyped] = useState(() => asText(definition));
  const read = parsed(typed)?.value;
  const isGood = isJson(read);
  // What is undone elsewhere is undone here; what is being typed stays as it is typed.
  useEffect(() => {
    setTyped((before) => {
      const known = parsed(before)?.value;
      return isJson(known) && !isSame(known, definition) ? asText(definition) : before;
    });
  }, [definition]);
  return (
    <Box p="md">
      <Textarea
        aria-label={text.json} spellCheck={false} autosize minRows={20} disabled={!mayChange} value={typed} error={isGood ? undefined : text.badJson}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        onChange={(event) => {
          const next = event.currentTarget.value;
          const value = parsed(next)?.value;
          setTyped(next);
          if (isJson(value)) change(value, 'json');
        }}
      />
    </Box>
  );
}
