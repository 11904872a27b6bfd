/** The members that say something: without what is absent, null, empty or an empty list. */
export function stated<T>(members: Readonly<Record<string, T>>): Record<string, NonNullable<T>> {
  const says = ([, value]: [string, T]) =>
    value !== undefined &&
    value !== null &&
    value !== "" &&
    !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(members).filter(says)) as Record<string, NonNullable<T>>;
}
