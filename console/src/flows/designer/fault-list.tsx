import { Anchor, Button, Popover, ScrollArea, Stack, Text } from '@mantine/core';
import { CircleCheck, CircleHelp, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../text/catalogue.ts';
import { nodeTexts, typeText } from '../node-texts.ts';
import { FLOW } from '../graph/graph.ts';
import { useDesign, type Check } from './design.ts';
import { designerTexts } from './designer-texts.ts';

const MOST_HEIGHT = 360;

/** How many problems there are, and which: each leads to where it is. */
export function FaultList({ check: { faults, isChecking, isUnknown } }: { readonly check: Check }) {
  const text = useText(designerTexts);
  const nodes = useText(nodeTexts);
  const { show } = useDesign();
  const [isOpen, setIsOpen] = useState(false);
  const count = faults?.length ?? 0;
  const isFine = faults !== undefined && count === 0 && !isUnknown;
  const label = isUnknown ? text.unchecked : count > 0 ? text.problems(count) : isFine ? text.fine : text.checking;
  const Icon = isUnknown ? CircleHelp : count > 0 ? TriangleAlert : CircleCheck;
  return (
    <Popover opened={isOpen && count > 0} onChange={setIsOpen} width={420} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          size="xs" variant={count > 0 ? 'filled' : 'default'} color="red" leftSection={<Icon size={16} aria-hidden />} aria-busy={isChecking} aria-live="polite"
          onClick={() => { setIsOpen((before) => !before); }}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <ScrollArea.Autosize mah={MOST_HEIGHT}>
          <Stack gap={6}>
            {faults?.map(({ node = FLOW, field, message }) => (
              <Anchor
                key={`${node}/${field}/${message}`} component="button" type="button" size="sm" ta="left"
                onClick={() => {
                  setIsOpen(false);
                  show(node, field);
                }}
              >
                <Text span fw={600} size="sm">{node === FLOW ? typeText(nodes, FLOW) : node}</Text>{field === 'id' ? '' : ` · ${field}`}{': '}{message}
              </Anchor>
            ))}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
