/* Names of files of bills (13.2.1.2, 13.2.2). */

export type Entry = 'call' | 'record' | 'agentOprInfo';

const digits = (clock: string): string => clock.replace(/\D/g, '');

/** Of the day on which it was asked for, by the tenant's clock. */
export const billFileName = (clock: string, responseId: string): string => `${digits(clock).slice(0, 8)}_${responseId}.zip`;

const FILE_NAME = /^(\d{8})_([0-9a-f]{32})\.zip$/;

/** The request that a file was made for. */
export const readBillFileName = (name: string): string | undefined => FILE_NAME.exec(name)?.[2];

/** A file within the file: the time with its milliseconds, three digits at random, what it holds, and its number. */
export const entryName = (clock: string, at: number, random: number, entry: Entry, number: number): string =>
  `${digits(clock)}${String(at % 1000).padStart(3, '0')}${String(random).padStart(3, '0')}_${entry}_${number}.csv`;
