/** Returns the result of a promise, or throws the error of `late` after the timeout and ignores the result. */
export function withTimeout<T>(milliseconds: number, promise: Promise<T>, late: () => Error): Promise<T> {
  const { promise: given, resolve, reject } = Promise.withResolvers<T>()
  const timer = setTimeout(() => reject(late()), milliseconds)
  promise.then(resolve, reject).finally(() => clearTimeout(timer))
  return given
}
