/** Whether an address, as a setting or a socket gives it, is this machine's own. */
export const isLoopback = (address: string): boolean => address === 'localhost' || address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
