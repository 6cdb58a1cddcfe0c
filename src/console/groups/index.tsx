import { Redirect, Route, Switch } from 'wouter'
import { useInstances } from '../shell/instances.tsx'
import { decoded, instanceIn, instancePiece } from '../shell/paths.ts'
import { useSession } from '../shell/session.tsx'
import { GroupPage } from './group-page.tsx'
import { GroupsList } from './groups-list.tsx'

/** Device groups: /<instance or ->/<GroupId>. */
export function Page() {
  return (
    <Switch>
      <Route path="/:instance/:groupId">
        {({ instance, groupId }) => (
          <GroupPage
            key={`${instance}/${groupId}`}
            instance={instanceIn(instance)}
            groupId={decoded(groupId)}
          />
        )}
      </Route>
      <Route path="/:instance">
        {({ instance }) => <GroupsList key={instance} instance={instanceIn(instance)} />}
      </Route>
      <Route>
        <FirstInstance />
      </Route>
    </Switch>
  )
}

/** Opens the public instance if the account has one, otherwise its first instance. */
function FirstInstance() {
  const { may } = useSession()
  const { instances, error } = useInstances()
  if (may('ListInstances') && error === null && instances === undefined) return null
  const first =
    instances === undefined || instances.some(({ IotInstanceId }) => IotInstanceId === '')
      ? ''
      : (instances[0]?.IotInstanceId ?? '')
  return <Redirect to={`/${instancePiece(first)}`} replace />
}
