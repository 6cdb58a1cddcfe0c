import type { AnswerOf } from '../../client/outcome.ts'
import { cliErrorOf, connect } from '../endpoint/connect.ts'
import { type DevicesOptions, productOf } from '../endpoint/of-product.ts'
import { pagesOf } from './pages.ts'

/** The maximum of QueryDevice, according to its page. */
const pageSize = 50

type ListedDevice = AnswerOf<'QueryDevice'>['Data']['DeviceInfo'][number]

/** Runs a function on the devices of a product, page by page. */
export async function withPages(
  options: DevicesOptions,
  use: (pages: AsyncIterable<readonly ListedDevice[]>, total: () => number) => Promise<void>,
): Promise<void> {
  const { client, close } = connect(options)
  let total = 0
  try {
    const pages = pagesOf(client, 'QueryDevice', productOf(options), pageSize, (answer) => {
      total = answer.Total ?? 0
      return [answer.Data?.DeviceInfo ?? [], total]
    })
    await use(pages, () => total)
  } catch (error) {
    throw cliErrorOf(error)
  } finally {
    close()
  }
}
