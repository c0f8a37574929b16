import { create } from 'zustand';

/** A file about persons that is to leave the app. */
export type SaveQuestion = {
  /** As it will be named, without what sealing adds. */
  readonly name: string;
  readonly persons: number;
  /** Numbers, care or money of persons. */
  readonly isSensitive: boolean;
  /** What it is for, where that is known; asked for otherwise. */
  readonly purpose: string | null;
};
/** `passphrase` is null where the file is to be read by everybody who gets hold of it. */
export type SaveAnswer = { readonly purpose: string; readonly passphrase: string | null };
export type OpenProblem = 'wrong';

type Asked<Question, Answer> = Question & { readonly answer: (answer: Answer | null) => void };
type Questions = {
  readonly save: Asked<SaveQuestion, SaveAnswer> | null;
  readonly open: Asked<{ readonly problem: OpenProblem | null }, string> | null;
};

/** Questions over whatever page is open; null while nobody is asked. */
export const useFileQuestions = create<Questions>(() => ({ save: null, open: null }));

/** How the file leaves; null when the user thinks better of it. */
export function askHowToSave({ name, persons, isSensitive, purpose }: SaveQuestion): Promise<SaveAnswer | null> {
  useFileQuestions.getState().save?.answer(null);
  return new Promise((resolve) => {
    const answer = (given: SaveAnswer | null) => {
      useFileQuestions.setState({ save: null });
      resolve(given);
    };
    useFileQuestions.setState({ save: { name, persons, isSensitive, purpose, answer } });
  });
}

/** The passphrase of a file that somebody sealed; `problem` says why the last one did not do. */
export function askFilePassphrase(problem: OpenProblem | null): Promise<string | null> {
  useFileQuestions.getState().open?.answer(null);
  return new Promise((resolve) => {
    const answer = (given: string | null) => {
      useFileQuestions.setState({ open: null });
      resolve(given);
    };
    useFileQuestions.setState({ open: { problem, answer } });
  });
}
