import type { Action, Declaration } from '../../api/action.ts'
import type { FailureCode } from '../../api/failures.ts'
import type { Members } from '../../api/shape.ts'
import type { Registry } from '../../registry/registry.ts'

/** Declares an operation. Its parameter, answer and failure types come from the declaration itself. */
export function action<const P extends Members, const A extends Members, const F extends FailureCode>(
  declaration: Declaration<P, A, F, Registry>,
): Action<Registry> {
  return declaration as unknown as Action<Registry>
}
