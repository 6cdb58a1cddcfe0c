import type { Operation } from '../../client/operations.ts'
import type { Fresh } from '../../client/sign.ts'
import type { fieldsOf } from './form-model.ts'
import type { Forms } from './use-forms.ts'

/** The common properties of an operation's tabs. */
export interface TabProps {
  readonly operation: Operation
  readonly fields: ReturnType<typeof fieldsOf>
  readonly forms: Forms
  /** The nonce and time of the last call, or of the next one. */
  readonly fresh: Fresh
  readonly setFresh: (fresh: Fresh) => void
}
