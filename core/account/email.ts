/** Limits of 5.1.1, which are those of the mail protocols. */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;
const MAX_LABEL = 63;

const ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const DOT_ATOM = new RegExp(`^${ATEXT}(\\.${ATEXT})*$`);
const QUOTED = /^"(?:[ !#-[\]-~]|\\[ -~])+"$/;
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;

/** What is wrong with a mail address (RFC 2882 as 5.1.1 names it, in truth RFC 2822), in words, or undefined. */
export function checkEmail(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  if (at < 1) return 'a mail address has the form name@domain';
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (local.length > MAX_LOCAL) return `at most ${MAX_LOCAL} characters may stand before the @`;
  if (domain.length > MAX_DOMAIN) return `at most ${MAX_DOMAIN} characters may stand behind the @`;
  if (!DOT_ATOM.test(local) && !QUOTED.test(local)) return 'what stands before the @ is not the name of a mailbox';
  for (const label of domain.split('.')) {
    if (label.length > MAX_LABEL) return `at most ${MAX_LABEL} characters may stand between the dots of the domain`;
    if (!LABEL.test(label)) return 'what stands behind the @ is not a domain';
  }
  return undefined;
}
