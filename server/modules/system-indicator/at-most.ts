/** Does no more than so many things at once: those beyond are not done, and `otherwise` is answered. */
export function atMost(most: number): <T, O>(work: () => Promise<T>, otherwise: O) => Promise<T | O> {
  let underWay = 0;
  return async (work, otherwise) => {
    if (underWay >= most) return otherwise;
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
    }
  };
}
