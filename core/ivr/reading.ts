import { LIMITS } from './limits.ts';

/** What is wrong with a definition, and where: in which node (none where it is the flow's own) and in which field. */
export interface Fault {
  readonly node?: string;
  readonly field: string;
  readonly message: string;
}

/** A way from one node to another. */
export interface Edge {
  readonly field: string;
  readonly to: string;
}

export type ReferenceKind = 'queue' | 'flow' | 'agent' | 'voiceFile' | 'key';

/** Something of the tenant's that a definition names. */
export interface Reference {
  readonly kind: ReferenceKind;
  readonly id: string;
  readonly place: Place;
}

/** What is gathered while a definition is read. */
export interface Reading {
  readonly faults: Fault[];
  readonly edges: Edge[];
  readonly references: Reference[];
  /** Variables that are asked for, and where. */
  readonly uses: { readonly name: string; readonly place: Place }[];
  /** Variables that are given a value somewhere. */
  readonly assigned: Set<string>;
}

export const newReading = (): Reading => ({ faults: [], edges: [], references: [], uses: [], assigned: new Set() });

/** Where in a definition something stands. */
export interface Place {
  readonly node: string | undefined;
  readonly field: string;
  readonly reading: Reading;
  /** Tells what is wrong here; answers undefined, as what is wrong has no value. */
  readonly fault: (message: string) => undefined;
  readonly inside: (name: string | number) => Place;
}

export function placeOf(reading: Reading, node: string | undefined, field = ''): Place {
  return {
    node, field, reading,
    fault: (message) => {
      if (reading.faults.length < LIMITS.faults) reading.faults.push({ ...(node === undefined ? {} : { node }), field, message });
      return undefined;
    },
    inside: (name) => {
      if (typeof name === 'number') return placeOf(reading, node, `${field}[${name}]`);
      const shown = name === '' ? '""' : name;
      return placeOf(reading, node, field === '' ? shown : `${field}.${shown}`);
    },
  };
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
