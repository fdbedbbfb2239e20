import { AudioLines, GitBranch, Globe, Headset, Hourglass, ListOrdered, Mic, PhoneForwarded, PhoneIncoming, PhoneOff, Puzzle, Speech, Undo2, Users, Variable, Grid3x3, type LucideIcon } from 'lucide-react';

/** How a kind of node looks: kinds that do alike things have a colour together. */
export interface Look {
  readonly icon: LucideIcon;
  readonly color: string;
}

const SPEAKS = 'blue';
const ASKS = 'grape';
const THINKS = 'orange';
const LEADS = 'teal';
const ENDS = 'red';

const LOOKS: Readonly<Record<string, Look>> = {
  '': { icon: PhoneIncoming, color: 'indigo' },
  play: { icon: AudioLines, color: SPEAKS }, say: { icon: Speech, color: SPEAKS },
  collect: { icon: Grid3x3, color: ASKS }, menu: { icon: ListOrdered, color: ASKS }, record: { icon: Mic, color: ASKS },
  wait: { icon: Hourglass, color: THINKS }, set: { icon: Variable, color: THINKS }, branch: { icon: GitBranch, color: THINKS }, http: { icon: Globe, color: THINKS },
  queue: { icon: Users, color: LEADS }, agent: { icon: Headset, color: LEADS }, transfer: { icon: PhoneForwarded, color: LEADS }, return: { icon: Undo2, color: LEADS },
  hangUp: { icon: PhoneOff, color: ENDS },
};

/** A colour to draw with, that is plain to see on light and on dark. */
export const inkOf = (color: string): string => `light-dark(var(--mantine-color-${color}-7), var(--mantine-color-${color}-4))`;

/** What is wrong, in words that can be read on light and on dark. */
export const WRONG_INK = 'light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))';

export const lookOf = (type: string): Look => LOOKS[type] ?? { icon: Puzzle, color: 'gray' };
