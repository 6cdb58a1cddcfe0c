import { actions } from '../../../src/actions/index.ts'
import { call, type Parameters, type Reply, type Signing } from '../../support/sign.ts'

/**
 * Calls of any operation beside the console, Rollcall's own too.
 * @param url where the server is, when it has been started
 */
export function callsTo(url: () => string) {
  const ask = (action: string, parameters: Parameters = {}, signing: Signing = {}): Promise<Reply> => {
    const { version } = actions.find(({ name }) => name === action)!
    return call(url(), action, { Version: version, ...parameters }, signing)
  }
  return {
    ask,
    /** The Data of a call that must succeed. */
    async act(action: string, parameters: Parameters = {}) {
      const { body } = await ask(action, parameters)
      if (body?.Success === true) return body.Data
      throw new Error(`${action}: ${JSON.stringify(body)}`)
    },
  }
}
