import { Alert, Card, Collapse, Flex, Typography } from 'antd'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { useSession } from '../shell/session.tsx'
import { grantable } from './grantable.ts'
import { allowedOf } from './permissions.ts'
import { texts } from './texts.ts'
import { PermissionTags } from './users.tsx'

/** Shows a RAM user their identity and permissions, in place of pages that require the account's own key. */
export function RamUser() {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  const { identity } = useSession()
  const permissions = identity.AllowedActions?.Action
  const allowed = allowedOf(permissions, grantable)
  return (
    <Card size="small">
      <Flex vertical gap={12}>
        <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
          {words.whoAreYou(identity.UserName ?? '', identity.AccountName, identity.AccountId)}
        </Typography.Title>
        <Alert type="info" showIcon title={words.accountsOnly} />
        {permissions === undefined ? (
          <Typography.Text>{words.youMayAll}</Typography.Text>
        ) : allowed.length === 0 ? (
          <Typography.Text>{words.youMayNothing}</Typography.Text>
        ) : (
          <>
            <Typography.Text>{words.youMay(count(allowed.length))}</Typography.Text>
            <PermissionTags permissions={permissions} />
            <Collapse
              size="small"
              items={[
                {
                  key: 'allowed',
                  label: words.theseOperations,
                  children: (
                    <ul
                      className="mono"
                      style={{ margin: 0, paddingInlineStart: 20, maxHeight: 320, overflow: 'auto' }}
                    >
                      {allowed.map((action) => (
                        <li key={action}>{action}</li>
                      ))}
                    </ul>
                  ),
                },
              ]}
            />
          </>
        )}
      </Flex>
    </Card>
  )
}
