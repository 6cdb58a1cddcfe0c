import type { Page } from 'playwright-core'
import { credentials, startServer } from '../../support/server.ts'
import { call, goodDevices } from '../../support/sign.ts'
import type { Visitor } from './visit.ts'

/** A place of the console with something to see. */
export interface ShownPlace {
  readonly name: string
  readonly visitor: Pick<Visitor, 'at' | 'accessKey'>
  /** What is done there before the picture is taken. */
  readonly arrange?: (page: Page) => Promise<void>
  /** Shows what one would have to scroll to. */
  readonly whole?: boolean
}

/** A server with a little of everything on it, and its places. */
export async function startShown() {
  const running = await startServer({ quota: 'on' })
  const { url } = running
  const act = async (action: string, parameters: Readonly<Record<string, string>>) => {
    const { body } = await call(url, action, parameters)
    if (body?.Success !== true) throw new Error(`${action}: ${JSON.stringify(body)}`)
    return body.Data
  }
  const { productKey: ProductKey } = credentials
  const { ApplyId } = await act('BatchImportDevice', { ProductKey, ...goodDevices(2500) })
  await act('CreateProduct', { ProductName: '温控器', NodeType: '0', Description: 'Heating, ground floor' })
  const registering = await act('CreateProduct', {
    ProductName: 'Pumps',
    NodeType: '0',
    AuthType: 'secret',
  })
  const ofPumps = { ProductKey: registering.ProductKey }
  const fit = await act('BatchCheckDeviceNames', { ...ofPumps, 'DeviceName.1': 'pump-0001' })
  const unfit = await act('BatchCheckDeviceNames', {
    ...ofPumps,
    'DeviceName.1': 'pump-0002',
    'DeviceName.2': '泵3',
    'DeviceName.3': 'no',
  })
  await act('RegisterDevice', { ...ofPumps, DeviceName: 'pump-0009' })
  await act('CreateUser', {
    Version: '2026-11-01',
    UserName: 'factory',
    'AllowedAction.1': 'iot:BatchCheck*',
    'AllowedAction.2': 'iot:Query*',
  })
  await act('CreateAccessKey', { Version: '2026-11-01', UserName: 'factory' })
  const places: readonly ShownPlace[] = [
    { name: 'entrance', visitor: { at: '/', accessKey: null } },
    { name: 'overview', visitor: { at: '/overview' } },
    { name: 'products', visitor: { at: '/products' } },
    { name: 'import', visitor: { at: '/import' } },
    { name: 'explorer', visitor: { at: '/explorer/BatchCheckImportDevice' } },
    { name: 'batches', visitor: { at: '/batches' } },
    { name: 'batch', visitor: { at: `/batches/${ApplyId}` } },
    {
      name: 'batch-download',
      visitor: { at: `/batches/${ApplyId}` },
      arrange: async (page) => {
        await page
          .getByRole('button', { name: /Download|下载/ })
          .first()
          .click()
        await page.getByRole('checkbox', { name: /DeviceSecret/ }).check()
      },
    },
    {
      name: 'batch-undo',
      visitor: { at: `/batches/${ApplyId}` },
      arrange: async (page) => {
        await page.getByRole('button', { name: /Undo|撤销/ }).click()
        await page.getByRole('dialog').getByText('2,500').first().waitFor()
      },
    },
    { name: 'checked-list', visitor: { at: `/batches/${fit.ApplyId}` } },
    { name: 'unfit-list', visitor: { at: `/batches/${unfit.ApplyId}` } },
    { name: 'access', visitor: { at: '/access' } },
  ]
  return { url, places, close: () => running.close() }
}
