import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useServices } from '../../services.tsx';

export type LetterFile = { readonly key: string; readonly name: string };
export type FilesProblem = 'unreadable' | 'full' | 'read-only' | 'gone' | 'failed' | 'no-folder';
type Course = {
  readonly list: string;
  readonly state: 'idle' | 'working' | 'stopped' | 'done';
  /** Letters that stand in the folder. */
  readonly done: number;
  /** Of those, what stood there already. */
  readonly found: number;
  readonly problem: FilesProblem | null;
  /** The letter that is on the page alone, because it is being printed. */
  readonly shown: string | null;
};

type LetterFiles = Omit<Course, 'list'> & {
  /** `again`: in the same folder, without asking for it. */
  readonly save: (again: boolean) => void;
  readonly stop: () => void;
};

/** One PDF per letter in a folder, one after the other. What stands there is passed over, so that it can go on later. */
export function useLetterFiles(files: readonly LetterFile[]): LetterFiles {
  const services = useServices();
  const list = files.map(({ name }) => name).join();
  const empty: Course = { list, state: 'idle', done: 0, found: 0, problem: null, shown: null };
  const [kept, setCourse] = useState<Course>(empty);
  const course = kept.list === list ? kept : empty;
  const run = useRef<AbortController>(null);
  useEffect(() => () => run.current?.abort(), [list]);

  const save = async (again: boolean) => {
    const abort = new AbortController();
    run.current = abort;
    const folder = await services.letterFolder(again);
    if (abort.signal.aborted || ('refused' in folder && folder.refused === 'cancelled')) return;
    if ('refused' in folder) {
      setCourse({ ...empty, problem: 'unreadable' });
      return;
    }
    const there = new Set(folder.files);
    const found = files.filter(({ name }) => there.has(name)).length;
    let done = found;
    const tell = (part: Partial<Course>) => setCourse({ ...empty, state: 'working', done, found, ...part });
    for (const { key, name } of files) {
      if (abort.signal.aborted) break;
      if (there.has(name)) continue;
      // The page holds this letter and no other before the main process prints it.
      flushSync(() => tell({ shown: key }));
      const outcome = await services.saveLetter(name);
      if (outcome !== 'saved') {
        tell({ state: 'stopped', problem: outcome });
        return;
      }
      done += 1;
    }
    if (run.current === abort) tell({ state: done < files.length ? 'stopped' : 'done' });
  };
  return { ...course, save: (again) => void save(again), stop: () => run.current?.abort() };
}
