import type { Said } from '../claims/claim.ts';
import type { ClaimResult } from '../claims/settle.ts';
import type { Language } from '../exercise/exercise-words.ts';

/** Claims by topic, with what became of each: all that a report of them needs. */
export interface ToldClaims {
  /** The release of the kernel that has settled them. */
  readonly kernel: string;
  readonly topics: readonly { readonly title: Said; readonly claims: readonly ClaimResult[] }[];
}

type Verdict = ClaimResult['verdict'];

/** A verdict in a character. */
export const MARKS: Readonly<Record<Verdict, string>> = {
  true: '✔',
  false: '✘',
  depends: '◐',
  unsettled: '?',
};

export const WORDS = {
  en: {
    title: 'What is said about TCP, settled by the kernel',
    verdicts: { true: 'true', false: 'false', depends: 'depends', unsettled: 'not settled' },
    evidence: 'evidence',
    exercises: (numbers: readonly number[]) =>
      `${numbers.length === 1 ? 'exercise' : 'exercises'} ${numbers.join(' and ')}`,
    settledOn: (kernel: string) =>
      `Every verdict below comes from runs on Linux ${kernel}: from its socket tables, the segments on the wire, its counters, and what system calls returned.`,
    again: 'To settle them on your own kernel: ./tcplab claims',
  },
  zh: {
    title: '关于 TCP 的说法，由内核裁定',
    verdicts: { true: '正确', false: '错误', depends: '视情况而定', unsettled: '未能判定' },
    evidence: '证据',
    exercises: (numbers: readonly number[]) => `练习 ${numbers.join('、')}`,
    settledOn: (kernel: string) =>
      `以下每个结论都来自在 Linux ${kernel} 上的实际运行：套接字表、线路上的报文段、内核计数器，以及系统调用的返回值。`,
    again: '在自己的内核上裁定：./tcplab claims --lang zh',
  },
} as const;

/** How many claims earned each verdict, in words: `12 true, 3 false, 2 depends`. Verdicts that none earned are left out. */
export function tally({ topics }: ToldClaims, language: Language): string {
  const all = topics.flatMap(({ claims }) => claims);
  const words = WORDS[language].verdicts;
  return (Object.keys(MARKS) as Verdict[])
    .flatMap((verdict) => {
      const many = all.filter((claim) => claim.verdict === verdict).length;
      return many === 0 ? [] : [`${many} ${words[verdict]}`];
    })
    .join(language === 'zh' ? '，' : ', ');
}
