import { type Bilingual, int } from '../../api/shape.ts'
import type { Columns } from '../../lib/columns.ts'
import type { NewDevices } from '../../registry/batches.ts'
import type { Product } from '../../registry/products.ts'
import { Duplicate, NotFound } from '../../registry/registry.ts'
import type { ListRules } from '../../rules/device-list.ts'
import { type DeviceReport, reportDeviceList } from '../../rules/device-report.ts'
import type { Call } from './declare.ts'
import { instanceOf, productAsItIs } from './product.ts'

/** The number of attempts to check and register a list while other calls take its names. */
export const attemptsMax = 3

/** The parameter ApplyId; the published metadata sets the limit. */
export const applyId = (doc: Bilingual) => int({ min: 1, max: 100_000_000_000_000_000 }, doc)

/** The batch that a call names by its ApplyId, with its product, in the instance that it names. */
export async function batchOf(call: Call<'iot.device.DeviceApplyIsNotFound'>, applyId: number) {
  const instance = instanceOf(call)
  const batch = await call.registry.batches.find(call.account, applyId)
  const product = batch && (await call.registry.products.findById(instance, batch.product))
  if (batch === undefined || product === undefined) {
    return call.fail('iot.device.DeviceApplyIsNotFound', `The ApplyId is ${applyId}.`)
  }
  return { batch, product }
}

/**
 * Registers every device of a list, or none: the failure then has the report of the list.
 * @param devices what becomes of a list that is good
 * @param told the report as the operation answers it
 */
export async function importAll<Member extends string, Listed extends string, Told extends string>(
  call: Call<'iot.device.ApplyManyDevicesFailed' | 'iot.prod.NotExistedProduct'>,
  judged: Product,
  rules: ListRules<Member, Listed, Told>,
  list: Columns<Member>,
  devices: (list: Columns<Member>) => NewDevices,
  told: (report: DeviceReport<Listed, Told>) => object,
): Promise<{ Data: { ApplyId: number }; devices: number }> {
  let product = judged
  for (let attempts = 1; ; attempts++) {
    const verdicts = await call.registry.devices.validate(product, rules, list)
    const report = reportDeviceList(rules, list, verdicts)
    if (report !== undefined) {
      const bad = `${report.InvalidDetailList.length} of ${list.count} devices are not fit; nothing was imported.`
      call.fail('iot.device.ApplyManyDevicesFailed', bad, { Data: told(report) })
    }
    try {
      const batch = await call.registry.batches.import(call.account, product, devices(list))
      return { Data: { ApplyId: batch.id }, devices: list.count }
    } catch (error) {
      if (error instanceof NotFound) call.fail('iot.prod.NotExistedProduct', 'It was deleted meanwhile.')
      if (!(error instanceof Duplicate)) throw error
      // Another call registered one of the names since the check: check again with the product's current names, and
      // report which.
      if (attempts === attemptsMax) {
        call.fail(
          'iot.device.ApplyManyDevicesFailed',
          'Others register the same names now; nothing was imported.',
        )
      }
      product = await productAsItIs(call, product)
    }
  }
}
