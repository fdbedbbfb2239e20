import { Badge, Box, Button, Card, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { Check } from 'lucide-react';
import { Link } from 'wouter';
import { useText } from '../text/catalogue.ts';
import { guideTexts } from './guide-texts.ts';
import type { Facts, StepName } from './steps.ts';

/** Where a step leads: to a place of the console, to a page of its own, or to a question. */
export type Lead =
  | { readonly kind: 'place'; readonly href: string; readonly onGo?: () => void }
  | { readonly kind: 'page'; readonly href: string }
  | { readonly kind: 'ask'; readonly onAsk: () => void };

export interface StepListProps {
  readonly steps: readonly StepName[];
  readonly facts: Facts;
  readonly next: StepName | undefined;
  /** What takes the place of a step's own words. */
  readonly hints: Readonly<Partial<Record<StepName, string>>>;
  /** Undefined where it leads nowhere at present. */
  readonly leadOf: (step: StepName) => Lead | undefined;
}

interface LeadButtonProps {
  readonly lead: Lead;
  readonly isNext: boolean;
  readonly children: string;
}

function LeadButton({ lead, isNext, children }: LeadButtonProps) {
  const variant = isNext ? 'filled' : 'default';
  switch (lead.kind) {
    case 'place':
      return <Button component={Link} href={lead.href} onClick={lead.onGo} variant={variant}>{children}</Button>;
    case 'page':
      return <Button component="a" href={lead.href} target="_blank" variant={variant}>{children}</Button>;
    case 'ask':
      return <Button onClick={lead.onAsk} variant={variant}>{children}</Button>;
    default:
      return lead satisfies never;
  }
}

export function StepList({ steps, facts, next, hints, leadOf }: StepListProps) {
  const text = useText(guideTexts);
  return (
    <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
      {steps.map((step, index) => {
        const { title, hint, button } = text.steps[step];
        const [isDone, isNext, lead] = [facts[step] === true, step === next, leadOf(step)];
        return (
          <Card component="li" key={step} withBorder padding="sm" aria-current={isNext ? 'step' : undefined} bd={isNext ? '1px solid var(--mantine-primary-color-filled)' : undefined}>
            <Group wrap="nowrap" gap="md">
              <ThemeIcon radius="xl" size="lg" color={isDone ? 'teal.8' : undefined} variant={isDone || isNext ? 'filled' : 'default'} aria-hidden>
                {isDone ? <Check size={18} /> : <Text size="sm" fw={700} inherit>{index + 1}</Text>}
              </ThemeIcon>
              <Box style={{ flex: 1 }}>
                <Group gap="xs">
                  <Title order={2} size="h5">{title}</Title>
                  {isDone && <Badge size="sm" color="teal" variant="light">{text.isDone}</Badge>}
                </Group>
                <Text size="sm" c="dimmed">{hints[step] ?? hint}</Text>
              </Box>
              {lead !== undefined && <LeadButton lead={lead} isNext={isNext}>{button}</LeadButton>}
            </Group>
          </Card>
        );
      })}
    </Stack>
  );
}
