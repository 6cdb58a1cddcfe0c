/** What a promise comes to, or `late`'s error where it takes longer; whatever it comes to then is let go. */
export function withTimeout<T>(milliseconds: number, promise: Promise<T>, late: () => Error): Promise<T> {
  const { promise: given, resolve, reject } = Promise.withResolvers<T>()
  const timer = setTimeout(() => reject(late()), milliseconds)
  promise.then(resolve, reject).finally(() => clearTimeout(timer))
  return given
}
