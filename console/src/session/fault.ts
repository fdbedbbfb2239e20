import { Refused } from './client.ts';

/** What went wrong with a request, in a form that pages can show. */
export interface Fault {
  /** No answer at all: the server is away, or the line is. */
  readonly isOffline: boolean;
  readonly isSessionOver: boolean;
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  /** The family's code of the refusal, such as `conflict` or `100-006`; empty without an answer. */
  readonly code: string;
  /** In the server's words. */
  readonly message: string;
  /** The field of the request that it is about. */
  readonly field: string | undefined;
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const MESSAGES = ['message', 'resultMessage', 'returnDesc', 'resultDesc', 'retMsg', 'description'];
const CODES = ['code', 'retcode', 'returnCode', 'resultCode', 'retCode', 'errorCode'];
const firstOf = (body: Readonly<Record<string, unknown>>, names: readonly string[]): string => names.map((name) => textOf(body[name])).find((text) => text !== '') ?? '';

/** What `fetch` fails with where nobody answers, or not in time; everything else is a fault of the page. */
const isOfTheLine = (error: unknown): boolean => error instanceof TypeError || (error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError'));

/** Each family refuses in its own manner; what people are to read of it is in the same place here. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Refused)) {
    return { isOffline: isOfTheLine(error), isSessionOver: false, status: 0, code: '', message: error instanceof Error ? error.message : String(error), field: undefined };
  }
  const body = (error.body ?? {}) as Readonly<Record<string, unknown>>;
  const told = (typeof body['error'] === 'object' && body['error'] !== null ? body['error'] : body) as Readonly<Record<string, unknown>>;
  const field = textOf(told['field']);
  return {
    isOffline: error.status === 502 || error.status === 503 || error.status === 504, isSessionOver: error.status === 401, status: error.status,
    code: firstOf(told, CODES), message: firstOf(told, MESSAGES) || error.message, field: field === '' ? undefined : field,
  };
}
