import type { Operation } from '../../client/operations.ts'
import type { Fresh } from '../../client/sign.ts'
import type { fieldsOf } from './form-model.ts'
import type { Forms } from './use-forms.ts'

/** What the tabs of an operation have in common. */
export interface TabProps {
  readonly operation: Operation
  readonly fields: ReturnType<typeof fieldsOf>
  readonly forms: Forms
  /** The nonce and the time of the call that was made last, or of the one that would be next. */
  readonly fresh: Fresh
  readonly setFresh: (fresh: Fresh) => void
}
