import { useEffect, useRef, useState } from 'react'
import { Refused, Unreachable } from '../../client/outcome.ts'
import type { AccessKey } from '../../client/sign.ts'
import { en } from '../texts/en/shell-sign-in.ts'
import { zh } from '../texts/zh/shell-sign-in.ts'
import { describeError, texts as errorTexts } from './describe-error.ts'
import { failureTexts } from './failure-texts.ts'
import { texts as frameTexts } from './frame-texts.ts'
import { languageNames, languages, type Texts, useLanguage, useTexts } from './language.tsx'
import { Mark } from './mark.tsx'
import type { Caller } from './session.tsx'
import { forgetKey, keepKey, storedKey } from './stored-key.ts'
import { themes, useTheme } from './theme.tsx'
import './sign-in.css'

const texts: Texts<typeof en> = { en, zh }

const isWrongKey = ({ code }: Refused) => /^InvalidAccessKeyId|^SignatureDoesNotMatch$/.test(code)

/** Loads the console, whose bundle has the client of the API. @throws Unreachable */
const loadConsole = () =>
  Promise.all([import('./session.tsx'), import('./signed-in.tsx')]).catch((thrown: Error) => {
    throw new Unreachable(thrown.message, false, thrown)
  })

/** Loads the console, and asks the server whose key it is. */
async function signIn(accessKey: AccessKey): Promise<Caller> {
  const [{ identify }] = await loadConsole()
  return { accessKey, identity: await identify(accessKey) }
}

/**
 * The sign-in page. It takes nothing of Ant Design, so that a user can type while the console behind it loads; its
 * markup in index.html shows the same form before any script has run.
 */
export function SignIn({ enter }: { readonly enter: (caller: Caller) => void }) {
  const words = useTexts(texts)
  const [kept] = useState(storedKey)
  const [id, setId] = useState(kept?.id ?? '')
  const [secret, setSecret] = useState('')
  const [keep, setKeep] = useState(kept !== undefined)
  const [isChecked, setChecked] = useState(false)
  const [isAsking, setAsking] = useState(kept !== undefined)
  const [error, setError] = useState<unknown>()
  const secretField = useRef<HTMLInputElement>(null)

  async function ask(accessKey: AccessKey, keep: boolean) {
    setAsking(true)
    setError(undefined)
    try {
      const caller = await signIn(accessKey)
      if (keep) keepKey(accessKey)
      else forgetKey()
      enter(caller)
    } catch (thrown) {
      // The server may accept the key later, unless it rejected the key itself.
      if (thrown instanceof Refused && isWrongKey(thrown)) forgetKey()
      setError(thrown)
      setAsking(false)
    }
  }

  const wasTried = useRef(false)
  useEffect(() => {
    document.title = 'Rollcall'
    if (kept !== undefined && !wasTried.current) {
      wasTried.current = true
      void ask(kept, true)
    }
  })

  // A user who types is about to sign in.
  const isTyping = id !== ''
  useEffect(() => {
    if (isTyping) loadConsole().catch(() => {})
  }, [isTyping])

  // The form was disabled during the call, and the browser moved the focus away.
  useEffect(() => {
    if (error !== undefined) secretField.current?.focus()
  }, [error])

  function submit(event: React.FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (id.trim() !== '' && secret.trim() !== '') void ask({ id: id.trim(), secret: secret.trim() }, keep)
  }

  return (
    <div className="sign-in">
      <header>
        <Mark />
        <SignInChoices />
      </header>
      <main>
        <h1>{words.title}</h1>
        <p>{words.what}</p>
        {/* Browsers call a page secure that came over HTTPS, or from this machine. */}
        {!window.isSecureContext && <p className="sign-in-warning">{words.plain}</p>}
        <form onSubmit={submit} noValidate>
          <fieldset disabled={isAsking}>
            <Field
              label="AccessKeyId"
              value={id}
              change={setId}
              isMissing={isChecked && id.trim() === ''}
              autoComplete="username"
              autoFocus
            />
            <Field
              label="AccessKeySecret"
              value={secret}
              change={setSecret}
              isMissing={isChecked && secret.trim() === ''}
              autoComplete="current-password"
              type="password"
              ref={secretField}
            />
            <label className="sign-in-keep">
              <input type="checkbox" checked={keep} onChange={({ target }) => setKeep(target.checked)} />
              {words.keep}
            </label>
            <p className="sign-in-note">{keep ? words.keepMeans : words.memoryMeans}</p>
            {error !== undefined && <SignInError error={error} />}
            <button type="submit" aria-busy={isAsking}>
              {words.enter}
            </button>
          </fieldset>
        </form>
        <p className="sign-in-note">{words.where}</p>
        <p className="sign-in-note">{words.about}</p>
      </main>
    </div>
  )
}

function Field({
  label,
  value,
  change,
  isMissing,
  ...input
}: {
  readonly label: string
  readonly value: string
  readonly change: (value: string) => void
  readonly isMissing: boolean
} & Pick<React.ComponentProps<'input'>, 'type' | 'autoComplete' | 'autoFocus' | 'ref'>) {
  const words = useTexts(texts)
  return (
    <label className="sign-in-field">
      <span>{label}</span>
      <input
        {...input}
        className="mono"
        spellCheck={false}
        autoCapitalize="off"
        value={value}
        aria-required
        aria-invalid={isMissing}
        onChange={({ target }) => change(target.value)}
      />
      {isMissing && <span role="alert">{words.needed(label)}</span>}
    </label>
  )
}

function SignInError({ error }: { readonly error: unknown }) {
  const { title, detail } = describeError(error, useTexts(errorTexts), useTexts(failureTexts))
  return (
    <div role="alert" className="sign-in-error">
      {title}
      {detail !== undefined && <div className="mono">{detail}</div>}
    </div>
  )
}

/** The choices of language and colours, by the browser's own lists. */
function SignInChoices() {
  const words = useTexts(frameTexts)
  const { language, choose } = useLanguage()
  const { theme, choose: chooseTheme } = useTheme()
  return (
    <span className="sign-in-choices">
      <select
        aria-label={words.language}
        value={language}
        onChange={({ target }) => choose(languages[target.selectedIndex]!)}
      >
        {languages.map((each) => (
          <option key={each} value={each} lang={languageNames[each].tag}>
            {languageNames[each].label}
          </option>
        ))}
      </select>
      <select
        aria-label={words.theme}
        value={theme}
        onChange={({ target }) => chooseTheme(themes[target.selectedIndex]!)}
      >
        {themes.map((each) => (
          <option key={each} value={each}>
            {words.themes[each]}
          </option>
        ))}
      </select>
    </span>
  )
}
