import type { Action, Call as AnyCall, Declaration } from '../../api/action.ts'
import type { FailureCode } from '../../api/failures.ts'
import type { Members } from '../../api/shape.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Target } from '../../registry/target.ts'

/** The facts of a call of an operation that declares the failures F. */
export type Call<F extends FailureCode> = AnyCall<F, Registry, Target>

/** Declares an operation. Its parameter, answer and failure types come from the declaration itself. */
export function action<const P extends Members, const A extends Members, const F extends FailureCode>(
  declaration: Declaration<P, A, F, Registry, Target>,
): Action<Registry, Target> {
  return declaration as unknown as Action<Registry, Target>
}
