import { IconFileUpload } from '@tabler/icons-react';
import { useRef } from 'react';
import { Button } from './Button.tsx';

type Props = {
  readonly label: string;
  /** Endings that are proposed, as in `.json`; another file can still be chosen and is refused by what is in it. */
  readonly accept: string;
  /** More than this is not read: then `onFile` gets the first bytes, one more than allowed. */
  readonly mostBytes: number;
  readonly onFile: (bytes: Uint8Array) => void;
};

/** Chooses one file and hands over what is in it; nothing of it is kept, not even its name. */
export function OpenFileButton({ label, accept, mostBytes, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined) => {
    if (file !== undefined) onFile(new Uint8Array(await file.slice(0, mostBytes + 1).arrayBuffer()));
    // The same file, mended meanwhile, is a choice too.
    if (input.current !== null) input.current.value = '';
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={(event) => void read(event.target.files?.[0])}
      />
      <Button icon={<IconFileUpload size={18} />} onPress={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}
