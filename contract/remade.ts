/** A value that is made when it is first needed, and made again after a garbage collection: for a large one that lasts for a whole run. */
export function remade<Value extends object>(make: () => Value): () => Value {
  let made: WeakRef<Value> | undefined;
  return () => {
    const kept = made?.deref();
    if (kept !== undefined) return kept;
    const value = make();
    made = new WeakRef(value);
    return value;
  };
}
