/* What strangers are shown of customers (15.1): enough to know one another again, and no more. */

const HIDDEN = '***';

/** `15312340991` as `153****0991`; of shorter numbers the first digit alone. */
export function maskPhone(phone: string): string {
  if (phone === '') return '';
  return phone.length >= 8 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : `${phone.slice(0, 1)}****`;
}

const beginningOf = (text: string, most: number, part: number): string => {
  const characters = Array.from(text);
  return characters.slice(0, Math.max(1, Math.min(most, Math.floor(characters.length / part)))).join('');
};

/** Up to four characters, and never more than half, before the domain, which is no secret. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? (email === '' ? '' : HIDDEN) : `${beginningOf(email.slice(0, at), 4, 2)}${HIDDEN}${email.slice(at)}`;
}

export const maskName = (name: string): string => (name === '' ? '' : `${beginningOf(name, 1, 1)}${HIDDEN}`);

/** Up to six characters, and never more than a third. */
export const maskCompany = (company: string): string => (company === '' ? '' : `${beginningOf(company, 6, 3)}${HIDDEN}`);
