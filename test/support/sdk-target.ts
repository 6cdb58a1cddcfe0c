/**
 * The server for the tests of test/sdk. By default they start their own, in this process. They use
 * any other endpoint instead, a Rollcall or the cloud, when the environment says so:
 *
 *   ROLLCALL_TEST_ENDPOINT            such as https://iot.cn-shanghai.aliyuncs.com; it decides
 *   ALIBABA_CLOUD_ACCESS_KEY_ID       of an account, or of a RAM user who may run the operations below
 *   ALIBABA_CLOUD_ACCESS_KEY_SECRET
 *   ROLLCALL_TEST_PRODUCT_KEY         a product that takes imports
 *   ROLLCALL_TEST_INSTANCE_ID         the ID of its instance, if that has one
 *
 * Nothing is started then, and tests that need a store that nobody else uses, or a quota of their own, are
 * skipped. What runs: BatchCheckImportDevice, BatchImportDevice, ImportDevice, QueryImportedDeviceByApplyId,
 * QueryProduct and DeleteDevice; no product is created. Device names carry a random part, and what was
 * registered is deleted at the end. Some texts and codes that are expected are Rollcall's own, since the cloud
 * publishes none: a difference there is worth knowing.
 */
import { credentials, startServer } from './server.ts'

const endpoint = process.env.ROLLCALL_TEST_ENDPOINT

/** The reason for skipping what can't be asked of an endpoint that others use too; false when it is our own. */
export const ownServerOnly = endpoint
  ? 'it takes a server of our own, and ROLLCALL_TEST_ENDPOINT names another'
  : false

/** How a call names a product: an instance that has an ID must be named too. */
export interface ProductAddress {
  readonly ProductKey: string
  readonly IotInstanceId?: string
}

/** Whom to call, and as whom. */
export interface Access {
  readonly endpoint: URL
  readonly accessKeyId: string
  readonly accessKeySecret: string
}

interface Target extends Access {
  /** A product that takes imports. */
  readonly product: ProductAddress
  /** One in an instance that has an ID, if there is such an instance. */
  readonly productOfInstance: ProductAddress | undefined
  close(): Promise<void>
}

export async function openTarget(): Promise<Target> {
  return endpoint ? namedTarget(endpoint) : ownTarget()
}

async function ownTarget(): Promise<Target> {
  const { url, close } = await startServer()
  const { accessKeyId, accessKeySecret, productKey, instanceId, instanceProductKey } = credentials
  return {
    endpoint: new URL(url),
    accessKeyId,
    accessKeySecret,
    product: { ProductKey: productKey },
    productOfInstance: { ProductKey: instanceProductKey, IotInstanceId: instanceId },
    close,
  }
}

function namedTarget(endpoint: string): Target {
  const instanceId = process.env.ROLLCALL_TEST_INSTANCE_ID
  const product = {
    ProductKey: fromEnvironment('ROLLCALL_TEST_PRODUCT_KEY'),
    ...(instanceId && { IotInstanceId: instanceId }),
  }
  return {
    endpoint: new URL(endpoint),
    accessKeyId: fromEnvironment('ALIBABA_CLOUD_ACCESS_KEY_ID'),
    accessKeySecret: fromEnvironment('ALIBABA_CLOUD_ACCESS_KEY_SECRET'),
    product,
    productOfInstance: instanceId ? product : undefined,
    close: async () => {},
  }
}

function fromEnvironment(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`ROLLCALL_TEST_ENDPOINT is set, so ${name} must be set too`)
  return value
}
