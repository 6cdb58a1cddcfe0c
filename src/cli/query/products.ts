import { Command } from 'commander'
import { cliErrorOf, connect, type EndpointOptions, withEndpoint } from '../endpoint/connect.ts'
import { print } from '../print.ts'
import { pagesOf } from './pages.ts'

type ProductsOptions = EndpointOptions & { readonly instance?: string; readonly json?: true }

const pageSize = 200

export function productsCommand(): Command {
  return withEndpoint(
    new Command('products').description(
      'List the products of an instance, newest first, as the endpoint tells them.',
    ),
  )
    .option('--instance <id>', 'The ID of the instance, where it has one.')
    .option('--json', 'Print JSON.')
    .action(async (options: ProductsOptions) => {
      const { client, close } = connect(options)
      try {
        const rows: Record<string, unknown>[] = []
        const instance = options.instance === undefined ? {} : { IotInstanceId: options.instance }
        const pages = pagesOf(client, 'QueryProductList', instance, pageSize, (answer) => [
          answer.Data?.List?.ProductInfo ?? [],
          answer.Data?.Total ?? 0,
        ])
        for await (const products of pages) {
          for (const { ProductKey, ProductName, AuthType, NodeType, DeviceCount, GmtCreate } of products)
            rows.push({
              ProductKey,
              ProductName,
              AuthType,
              NodeType,
              DeviceCount,
              created: new Date(GmtCreate).toISOString(),
            })
        }
        print(rows, options)
      } catch (error) {
        throw cliErrorOf(error)
      } finally {
        close()
      }
    })
}
