import { exponential } from '../random.ts';
import type { DemoPhones } from './phones.ts';
import { PACE } from './plan.ts';

export interface CustomersOptions {
  readonly phones: Pick<DemoPhones, 'call'>;
  readonly numbers: readonly string[];
  readonly random: () => number;
}

export interface Customers {
  /** Somebody talks with whoever calls from that number. */
  readonly talks: (number: string) => void;
  /** One after another until the end; those who are on the line hang up then. */
  readonly callIn: (signal: AbortSignal) => Promise<void>;
}

interface Customer {
  readonly hangUp: () => void;
  /** Until when they wait, or talk. */
  timer: ReturnType<typeof setTimeout>;
  isTalking: boolean;
}

const FIRST_NUMBER = 13_800_001_000;
const MOST_AT_ONCE = 30;

/** Customers who call, wait as long as they have patience, talk, and hang up. */
export function createCustomers({ phones, numbers, random }: CustomersOptions): Customers {
  const customers = new Map<string, Customer>();
  let called = 0;

  const call = async (): Promise<void> => {
    called += 1;
    const number = String(FIRST_NUMBER + called);
    const to = numbers[Math.floor(random() * numbers.length)] ?? '';
    const { hangUp } = await phones.call(number, to, () => {
      clearTimeout(customers.get(number)?.timer);
      customers.delete(number);
    });
    customers.set(number, { hangUp, isTalking: false, timer: setTimeout(hangUp, 5000 + exponential(random, PACE.patienceMs)) });
  };

  return {
    talks: (number) => {
      const customer = customers.get(number);
      if (customer === undefined || customer.isTalking) return;
      customer.isTalking = true;
      clearTimeout(customer.timer);
      customer.timer = setTimeout(customer.hangUp, 3000 + exponential(random, PACE.talkMs));
    },
    callIn: (signal) => new Promise((resolve) => {
      const later = (): ReturnType<typeof setTimeout> => setTimeout(() => {
        next = later();
        // One who cannot call has not called.
        if (customers.size < MOST_AT_ONCE) call().catch(() => undefined);
      }, exponential(random, PACE.betweenCallsMs));
      let next = later();
      signal.addEventListener('abort', () => {
        clearTimeout(next);
        for (const { hangUp, timer } of customers.values()) {
          clearTimeout(timer);
          hangUp();
        }
        resolve();
      }, { once: true });
    }),
  };
}
