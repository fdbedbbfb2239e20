/** Gathers what is to be said to another thread in one turn of the event loop: each message by itself costs more than what it says. */
export function createOutbox<Message>(send: (batch: readonly Message[], transfer: readonly unknown[]) => void): (message: Message, transfer?: readonly unknown[]) => void {
  let batch: Message[] = [];
  let transferred: unknown[] = [];
  const flush = (): void => {
    const [said, handed] = [batch, transferred];
    batch = [];
    transferred = [];
    send(said, handed);
  };
  return (message, transfer = []) => {
    if (batch.length === 0) setImmediate(flush);
    batch.push(message);
    transferred.push(...transfer);
  };
}
