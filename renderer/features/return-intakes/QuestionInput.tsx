import type { InputProps } from './answer-options.ts';
import { ManyAnswers, RankedAnswers, SingleAnswer } from './ChoiceAnswers.tsx';
import { MatrixAnswer } from './MatrixAnswer.tsx';
import { CodeAnswer, DateAnswer, NumberAnswer, SignatureAnswer, TextAnswer } from './OpenAnswers.tsx';
import { RefAnswer } from './RefAnswer.tsx';

/** One question of any kind, drawn from the data of the questionnaire. */
export function QuestionInput(props: InputProps) {
  switch (props.question.type) {
    case 'single':
      return <SingleAnswer {...props} />;
    case 'multi':
    case 'checklist':
      return <ManyAnswers {...props} />;
    case 'rank':
      return <RankedAnswers {...props} />;
    case 'matrix':
      return <MatrixAnswer {...props} />;
    case 'int':
      return <NumberAnswer {...props} />;
    case 'date':
      return <DateAnswer {...props} />;
    case 'code':
      return <CodeAnswer {...props} />;
    case 'signature':
      return <SignatureAnswer {...props} />;
    case 'text':
    case 'longtext':
      return <TextAnswer {...props} />;
    case 'ref':
      return <RefAnswer {...props} />;
    case 'calc':
      return null;
  }
}
