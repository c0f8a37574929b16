import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { taskList, type Task, type TaskStatus } from '../../../shared/questionnaire/task-list.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Badge, type BadgeTone } from '../../ui/Badge.tsx';
import type { Intake } from './intake.ts';
import { personName } from './person-names.ts';

const tones: Readonly<Record<TaskStatus, BadgeTone>> = {
  'not-started': 'neutral',
  busy: 'info',
  ready: 'positive',
  'cannot-start': 'warning',
};

/** The sections of the interview, with one entry per person where a section repeats. */
export function TaskListView({ intake }: { intake: Intake }) {
  const { t } = useTranslation('intakes');
  const tasks = taskList(intake.questionnaire, intake.answers);
  const groups = [
    { id: 'interview', tasks: tasks.filter(({ module }) => !module) },
    { id: 'modules', tasks: tasks.filter(({ module }) => module) },
  ] as const;
  return (
    <div className="stack">
      {groups
        .filter((group) => group.tasks.length > 0)
        .map((group) => (
          <section key={group.id} aria-labelledby={`tasks-${group.id}`} className="panel">
            <h2 id={`tasks-${group.id}`} className="nl-heading nl-heading--level-2">
              {t(`tasks.${group.id}`)}
            </h2>
            <ul className="plain-list task-list">
              {bySection(group.tasks).map((entries) => (
                <SectionTasks key={entries[0]?.section} intake={intake} tasks={entries} />
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

function SectionTasks({ intake, tasks }: { intake: Intake; tasks: readonly Task[] }) {
  const residents = useWorkspace((state) => state.residents);
  const [first] = tasks;
  if (first === undefined) return null;
  const title = first.title[currentLanguage()];
  if (first.person === null) {
    return (
      <li className="task-list__section">
        <TaskLink intake={intake} task={first} text={title} label={title} />
        <TaskState task={first} />
      </li>
    );
  }
  return (
    <li className="task-list__section">
      <span className="task-list__title">{title}</span>
      <ul className="task-list__persons">
        {tasks.map((task) => {
          const name = personName(residents, task.person ?? '');
          return (
            <li key={task.person}>
              <TaskLink intake={intake} task={task} text={name} label={`${title}: ${name}`} />
              <TaskState task={task} />
            </li>
          );
        })}
      </ul>
    </li>
  );
}

type LinkProps = { readonly intake: Intake; readonly task: Task; readonly text: string; readonly label: string };

/** What cannot be asked yet has nothing to open, unless the section is shown as postponed. */
function TaskLink({ intake, task, text, label }: LinkProps) {
  if (task.status === 'cannot-start' && task.asked === 0) return <span className="task-list__title">{text}</span>;
  return (
    <Link
      className="nl-link task-list__title"
      aria-label={label}
      to="/intakes/$intakeId/section/$section"
      params={{ intakeId: intake.id, section: task.section }}
      search={task.person === null ? {} : { person: task.person }}
    >
      {text}
    </Link>
  );
}

function TaskState({ task }: { task: Task }) {
  const { t } = useTranslation('intakes');
  return (
    <span className="task-list__state">
      <Badge tone={tones[task.status]}>{t(`taskStatus.${task.status}`)}</Badge>
      {task.status === 'busy' && (
        <span className="muted">{t('tasks.progress', { answered: task.answered, asked: task.asked })}</span>
      )}
    </span>
  );
}

function bySection(tasks: readonly Task[]): readonly (readonly Task[])[] {
  const sections = new Map<string, Task[]>();
  for (const task of tasks) sections.set(task.section, [...(sections.get(task.section) ?? []), task]);
  return [...sections.values()];
}
