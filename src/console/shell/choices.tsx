import { BulbOutlined, TranslationOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { texts } from './frame-texts.ts'
import { languageNames, languages, useLanguage, useTexts } from './language.tsx'
import { themes, useTheme } from './theme.tsx'

/** The switches for language and theme. */
export function Choices() {
  const words = useTexts(texts)
  const { language, choose } = useLanguage()
  const { theme, choose: chooseTheme } = useTheme()
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          selectable: true,
          selectedKeys: [language],
          items: languages.map((key) => ({
            key,
            label: <span lang={languageNames[key].tag}>{languageNames[key].label}</span>,
            onClick: () => choose(key),
          })),
        }}
      >
        <Button
          type="text"
          icon={<TranslationOutlined />}
          aria-label={words.language}
          title={words.language}
        />
      </Dropdown>
      <Dropdown
        trigger={['click']}
        menu={{
          selectable: true,
          selectedKeys: [theme],
          items: themes.map((key) => ({ key, label: words.themes[key], onClick: () => chooseTheme(key) })),
        }}
      >
        <Button type="text" icon={<BulbOutlined />} aria-label={words.theme} title={words.theme} />
      </Dropdown>
    </>
  )
}
