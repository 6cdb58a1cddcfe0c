import { Empty } from 'antd'
import { Redirect, Route, Switch } from 'wouter'
import { useInstances } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { Loading } from '../shell/loading.tsx'
import { decoded, instanceIn } from '../shell/paths.ts'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { DevicePage } from './device-page.tsx'
import { texts } from './list-texts.ts'
import { instancePath } from './paths.ts'
import { ProductPage } from './product-page.tsx'
import { ProductsList } from './products-list.tsx'

/** Products and devices: /<instance or ->/<ProductKey>/<DeviceName>. */
export function Page() {
  return (
    <Switch>
      <Route path="/:instance/:productKey/:name">
        {(path) => (
          <DevicePage
            key={`${path.instance}/${path.productKey}/${path.name}`}
            instance={instanceIn(path.instance)}
            productKey={decoded(path.productKey)}
            name={decoded(path.name)}
          />
        )}
      </Route>
      <Route path="/:instance/:productKey">
        {(path) => (
          <ProductPage
            key={`${path.instance}/${path.productKey}`}
            instance={instanceIn(path.instance)}
            productKey={decoded(path.productKey)}
          />
        )}
      </Route>
      <Route path="/:instance">
        {(path) => <ProductsList key={path.instance} instance={instanceIn(path.instance)} />}
      </Route>
      <Route>
        <FirstInstance />
      </Route>
    </Switch>
  )
}

/** Opens the public instance if the account has one, otherwise its first instance. */
function FirstInstance() {
  const words = useTexts(texts)
  const { may } = useSession()
  const { instances, error, refetch } = useInstances()
  if (!may('ListInstances')) return <Redirect to={instancePath('')} replace />
  if (error !== null) return <Problem error={error} retry={refetch} />
  if (instances === undefined) return <Loading />
  const first = instances.find(({ IotInstanceId }) => IotInstanceId === '') ?? instances[0]
  if (first === undefined) return <Empty description={words.noInstances} />
  return <Redirect to={instancePath(first.IotInstanceId)} replace />
}
