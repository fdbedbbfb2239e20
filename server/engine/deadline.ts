/** What `work` comes to, unless that takes too long: then the outcome is unknown. */
export async function withDeadline<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timeout: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_resolve, reject) => {
    timeout = setTimeout(() => { reject(new Error(`${what} took longer than ${ms} ms`)); }, ms);
  });
  try {
    return await Promise.race([work, overdue]);
  } finally {
    clearTimeout(timeout);
  }
}
