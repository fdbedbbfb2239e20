import { faultOf, type Fault } from '../session/fault.ts';
import { told } from '../told/told.ts';

/** What of a form is needed to show a refusal in it. */
export interface RefusableForm {
  readonly setFieldError: (path: string, error: string) => void;
  readonly getValues: () => object;
}

export interface RefusedFields {
  /** The form's own names of fields that the operation calls otherwise. */
  readonly names?: Readonly<Record<string, string>>;
  /** The field of a refusal that names none, such as that of a name that is taken. */
  readonly fieldOf?: (fault: Fault) => string | undefined;
}

/** Chapter 5 names the field in its message only, at the beginning. */
const NAMED = /^(?:Wrong parameter: )?([A-Za-z][\w.[\]]*)(?::| is | must )/;

const namedIn = ({ field, message }: Fault): string | undefined => (field ?? NAMED.exec(message)?.[1])?.replace(/\[(\d+)\]/g, '.$1');

function has(values: unknown, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return true;
  return typeof values === 'object' && values !== null && first in values && has((values as Readonly<Record<string, unknown>>)[first], rest);
}

/** Shows why the server has refused at the field that it is about; answers whether the form has that field. */
export function showRefusal(form: RefusableForm, error: unknown, { names = {}, fieldOf }: RefusedFields = {}): boolean {
  const fault = faultOf(error);
  const values = form.getValues();
  const path = [namedIn(fault), fieldOf?.(fault)].map((name) => name && (names[name] ?? name)).find((name) => name !== undefined && has(values, name.split('.')));
  if (path === undefined) return false;
  form.setFieldError(path, told(fault.message));
  return true;
}
