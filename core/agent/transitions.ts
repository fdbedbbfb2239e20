import type { AgentState } from './agent.ts';

/**
 * 6.5.3 with the prerequisites of 6.1.1.9 to 6.1.1.15 and 6.1.2: where each state may lead. `evolve` holds every move to
 * it, so that an agent in a state that cannot be is a fault seen at once and not an agent who gets no calls any more.
 */
export const LEADS_TO: Readonly<Record<AgentState, readonly AgentState[]>> = {
  idle: ['preoccupied', 'occupied', 'dialling', 'talking', 'wrapUp', 'busy', 'rest', 'study'],
  preoccupied: ['idle', 'occupied', 'dialling', 'busy', 'rest', 'wrapUp'],
  occupied: ['ringing', 'talking', 'idle', 'wrapUp', 'busy', 'rest'],
  ringing: ['talking', 'idle', 'wrapUp', 'busy', 'rest'],
  dialling: ['talking', 'idle', 'wrapUp', 'busy', 'rest'],
  talking: ['idle', 'wrapUp', 'busy', 'rest', 'dialling'],
  wrapUp: ['idle', 'busy', 'rest', 'occupied', 'dialling', 'talking'],
  busy: ['idle', 'wrapUp', 'rest', 'busy', 'dialling', 'occupied', 'talking'],
  rest: ['idle', 'busy', 'rest', 'wrapUp'],
  study: ['idle', 'busy', 'rest'],
};
