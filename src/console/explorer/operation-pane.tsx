import { EditOutlined } from '@ant-design/icons'
import { Alert, Flex, Tabs, Tag, Typography } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import type { Operation } from '../../client/operations.ts'
import type { Fresh } from '../../client/sign.ts'
import { useAddressParameters } from '../shell/address.ts'
import { randomId } from '../shell/connection.ts'
import { useTexts } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { CallTab } from './call-tab.tsx'
import { CodeTab } from './code-tab.tsx'
import { DeclaredAnswer } from './declared-answer.tsx'
import { fieldsOf, formOf } from './form-model.ts'
import { parametersIn } from './link.ts'
import { SignatureTab } from './signature-tab.tsx'
import { texts } from './texts.ts'
import type { Forms } from './use-forms.ts'

/** One operation: its description, and tabs for calling it. */
export function OperationPane({
  operation,
  forms,
}: {
  readonly operation: Operation
  readonly forms: Forms
}) {
  const words = useTexts(texts)
  const { may } = useSession()
  const fields = useMemo(() => fieldsOf(operation), [operation])
  const [fresh, setFresh] = useState<Fresh>(() => ({ nonce: randomId(), now: Date.now() }))
  const { name, effect, summary, version, callsPerSecond } = operation
  const [address, setAddress] = useAddressParameters()
  // A link fills the form once; afterwards the form holds what the user types.
  useEffect(() => {
    const given = parametersIn(address)
    if (given === undefined) return
    forms.change(name, formOf(fields, given))
    setAddress(Object.fromEntries(Object.keys(address).map((key) => [key, undefined])))
  }, [address, setAddress, forms, fields, name])
  const shared = { operation, fields, forms, fresh, setFresh }
  return (
    <article aria-label={name}>
      <Typography.Title level={2} style={{ fontSize: 20, margin: '0 0 8px', overflowWrap: 'anywhere' }}>
        {name}
      </Typography.Title>
      <Flex wrap gap={6} style={{ marginBottom: 8 }}>
        <Tag variant="outlined">{version}</Tag>
        {effect === 'read' ? (
          <Tag variant="outlined">{words.onlyAsks}</Tag>
        ) : (
          <Tag variant="outlined" icon={<EditOutlined />}>
            {words.changes}
          </Tag>
        )}
        <Tag variant="outlined">{words.perSecond(callsPerSecond)}</Tag>
      </Flex>
      <Typography.Paragraph type="secondary">{summary}</Typography.Paragraph>
      {!may(name) && <Alert type="warning" showIcon title={words.notAllowed} style={{ marginBottom: 12 }} />}
      <Tabs
        items={[
          { key: 'call', label: words.tabs.call, children: <CallTab {...shared} /> },
          {
            key: 'answer',
            label: words.tabs.answer,
            children: <DeclaredAnswer operation={operation} />,
          },
          {
            key: 'signature',
            label: words.tabs.signature,
            children: <SignatureTab {...shared} />,
            destroyOnHidden: true,
          },
          { key: 'code', label: words.tabs.code, children: <CodeTab {...shared} />, destroyOnHidden: true },
        ]}
      />
    </article>
  )
}
