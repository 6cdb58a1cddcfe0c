import { languageNames, useLanguage } from './language.tsx'

/** Formats numbers in a language. */
export interface NumberFormat {
  count(number: number): string
  /** Formats a number of bytes. */
  size(bytes: number): string
  /**
   * Formats milliseconds: in whole seconds, below ten seconds in tenths, below a tenth of a second in
   * milliseconds.
   */
  duration(milliseconds: number): string
  percent(share: number): string
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

export function numberFormatFor(tag: string): NumberFormat {
  const whole = new Intl.NumberFormat(tag)
  const unit = (value: number, unit: string, digits: number, unitDisplay: 'short' | 'long' = 'short') =>
    new Intl.NumberFormat(tag, {
      style: 'unit',
      unit,
      unitDisplay,
      maximumFractionDigits: digits,
    }).format(value)
  const percentage = new Intl.NumberFormat(tag, { style: 'percent' })
  return {
    count: (number) => whole.format(number),
    size(bytes) {
      const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
      // The short unit "byte" has no plural.
      return unit(bytes / 1000 ** step, units[step]!, 1, step === 0 ? 'long' : 'short')
    },
    duration(milliseconds) {
      if (milliseconds > 0 && milliseconds < 100) return unit(Math.ceil(milliseconds), 'millisecond', 0)
      const seconds = milliseconds / 1000
      if (seconds < 60) return unit(seconds, 'second', seconds < 10 ? 1 : 0)
      const minutes = Math.floor(seconds / 60)
      const rest = unit(Math.floor(seconds % 60), 'second', 0)
      if (minutes < 60) return `${unit(minutes, 'minute', 0)} ${rest}`
      return `${unit(Math.floor(minutes / 60), 'hour', 0)} ${unit(minutes % 60, 'minute', 0)}`
    },
    percent: (share) => percentage.format(Math.floor(100 * share) / 100),
  }
}

const known = { en: numberFormatFor(languageNames.en.tag), zh: numberFormatFor(languageNames.zh.tag) }

export const useNumberFormat = (): NumberFormat => known[useLanguage().language]
