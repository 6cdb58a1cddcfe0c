import { DownloadOutlined } from '@ant-design/icons'
import { Button, Flex, Segmented, Select, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { languages, sampleOf } from '../../samples/languages.ts'
import { endpoint } from '../shell/connection.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { save } from '../shell/save.ts'
import { localValues } from '../shell/stored.ts'
import { CodeView } from './code-view.tsx'
import { parametersOf } from './form-model.ts'
import type { TabProps } from './tab-props.ts'
import { texts } from './texts.ts'

const key = 'rollcall.sample'

/** A program that makes the call in the form. */
export function CodeTab({ operation, fields, forms }: TabProps) {
  const words = useTexts(texts)
  const [id, setId] = useState(() => localValues.read(key))
  const language = languages.find((language) => language.id === id) ?? languages[0]!
  const { name: action, version } = operation
  const { label, fileName, highlight, signatures, install, run } = language
  const signature = signatures.includes(forms.signature) ? forms.signature : signatures[0]!
  // Computed once per visit to the tab: the form can't change while the tab is displayed.
  const [parameters] = useState(() => Object.entries(parametersOf(fields, forms.formOf(action))))
  const source = useMemo(
    () => sampleOf(language.id, { action, version, parameters, endpoint, signature }),
    [language, action, version, parameters, signature],
  )
  return (
    <Flex vertical gap={12}>
      <Flex wrap gap={12} align="center">
        <Select
          aria-label={words.language}
          style={{ width: 150 }}
          value={language.id}
          options={languages.map(({ id, label }) => ({ value: id, label }))}
          onChange={(id) => {
            localValues.write(key, id)
            setId(id)
          }}
        />
        {signatures.length > 1 ? (
          <Segmented
            aria-label={words.signatureVersion}
            options={[
              { value: 'v3', label: 'V3' },
              { value: 'v1', label: 'V1' },
            ]}
            value={signature}
            onChange={(value) => forms.chooseSignature(value as 'v1' | 'v3')}
          />
        ) : (
          <Typography.Text type="secondary">
            {words.signedOnly(label, signature.toUpperCase())}
          </Typography.Text>
        )}
        <Flex gap={8} style={{ marginInlineStart: 'auto' }}>
          <CopyButton text={source} what={words.sample(label)} />
          <Button
            size="small"
            icon={<DownloadOutlined />}
            onClick={() => save(new Blob([source], { type: 'text/plain;charset=utf-8' }), fileName)}
          >
            {fileName}
          </Button>
        </Flex>
      </Flex>
      <CodeView text={source} highlight={highlight} label={words.sample(label)} maxHeight={560} />
      {install !== '' && <Command title={words.install} text={install} />}
      <Command title={words.run} text={run} />
      <Typography.Text type="secondary" style={{ fontSize: 13 }}>
        {words.credentials}
      </Typography.Text>
    </Flex>
  )
}

function Command({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <Flex gap={8} align="center" wrap>
      <Typography.Text type="secondary" style={{ minWidth: 56 }}>
        {title}
      </Typography.Text>
      <Typography.Text code style={{ overflowWrap: 'anywhere' }}>
        {text}
      </Typography.Text>
      <CopyButton bare text={text} what={title} />
    </Flex>
  )
}
