const registerSuites = ['unlock', 'search', 'dexie', 'recall', 'list', 'save', 'memory', 'import'] as const;
export const suites = [...registerSuites, 'money', 'sync'] as const;
export type Suite = (typeof suites)[number];
export type Options = {
  readonly suites: readonly Suite[];
  readonly sizes: readonly number[];
  readonly reps: number;
  readonly seed: number;
  readonly typoSeed: number;
  readonly quick: boolean;
  readonly out: string | null;
};

/** The whole nation: 106,150 and 5,590. */
const nation = 111_740;
const factors: Readonly<Record<string, number>> = { k: 1_000, K: 1_000, m: 1_000_000, M: 1_000_000 };

/** `register` is every suite about residents; a single one can be named too. Without a name it is all of them. */
export function readOptions(args: readonly string[], drawSeed: () => number): Options {
  const quick = args.includes('--quick');
  const valueOf = (name: string) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const taken = new Set(['n', 'reps', 'seed', 'typo-seed', 'out'].map((name) => valueOf(name)));
  const named = args.filter((arg) => !arg.startsWith('--') && !taken.has(arg) && arg !== 'register');
  const unknown = named.find((name) => !suites.some((suite) => suite === name));
  if (unknown !== undefined) throw new Error(`No suite "${unknown}". There are: register, ${suites.join(', ')}`);
  const all: readonly Suite[] = args.includes('register') ? registerSuites : suites;
  const chosen = named.length === 0 ? all : suites.filter((suite) => named.includes(suite));
  return {
    suites: chosen,
    sizes: (valueOf('n') ?? (quick ? '10k' : String(nation))).split(',').map(toCount),
    reps: Number(valueOf('reps') ?? (quick ? 3 : 5)),
    seed: Number(valueOf('seed') ?? 42),
    typoSeed: Number(valueOf('typo-seed') ?? drawSeed()),
    quick,
    out: valueOf('out') ?? null,
  };
}

function toCount(text: string): number {
  const [, digits = '', letter = ''] = /^([\d_]+)([kKmM]?)$/.exec(text) ?? [];
  const count = Number(digits.replaceAll('_', '')) * (factors[letter] ?? 1);
  if (!(count >= 1)) throw new Error(`--n takes counts such as 10k or 111740, not "${text}"`);
  return count;
}
