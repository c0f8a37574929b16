import type { Laptop } from './laptop.ts';
import { answerAsResident, answerAsStaff, finishAsStaff, openSection, planInterview } from './interview.ts';
import * as gate from './pages/gate.ts';
import * as intake from './pages/intake.ts';
import * as resident from './pages/resident-view.ts';
import type { Stage } from './stage.ts';
import type { Language } from '../../renderer/i18n/i18n.ts';

type Person = { readonly family: string; readonly given: string };

/** The interview of the demonstration: the laptop is turned, the resident stops, the app is locked, and it goes on. */
export async function holdInterview(stage: Stage, laptop: Laptop, person: Person, passphrase: string) {
  const plan = planInterview({ language: 'uk' });
  await intake.beginIntake(laptop, person);
  await stage.picture(laptop, 'interview');
  await openSection(laptop, plan, 'A_meta', person);
  await answerAsStaff(laptop, plan, 'A_meta');
  // The questions change their language in the middle of a section; what was answered stays.
  await intake.speakInSection(laptop, 'uk');
  await stage.picture(laptop, 'section-in-ukrainian');
  await intake.speakInSection(laptop, 'nl');
  await intake.backToTasks(laptop);
  await openSection(laptop, plan, 'B_consent', person);
  await answerAsStaff(laptop, plan, 'B_consent', 'all');
  await stage.picture(laptop, 'section');
  await intake.backToTasks(laptop);

  // What the staff notes of a person decides what the resident is asked.
  await openSection(laptop, plan, 'C_persons', person);
  await answerAsStaff(laptop, plan, 'C_persons');
  await intake.backToTasks(laptop);

  await resident.turnLaptop(laptop);
  await stage.picture(laptop, 'resident-question', residentSpeaks(laptop, 'uk'));
  await answerAsResident(laptop, plan, 'uk', 3);
  const question = await resident.shownQuestion(laptop);
  await resident.press(laptop, 'uk', 'stop');
  await laptop.page.getByLabel(laptop.t('intakes:neutral.passphrase')).waitFor();
  await stage.pictureOnce(laptop, 'neutral-page');
  await resident.leaveNeutralPage(laptop, passphrase, 'toStaff');
  await laptop.title('intakes:page.title').waitFor();
  await stage.picture(laptop, 'interview-half-way');
  await gate.lock(laptop);
  await stage.picture(laptop, 'locked');
  await gate.unlock(laptop, passphrase);
  await intake.openIntake(laptop, person);
  await resident.turnLaptop(laptop);
  if ((await resident.shownQuestion(laptop)) !== question) throw new Error('it did not go on at the same question');
  await stage.picture(laptop, 'resumed', residentSpeaks(laptop, 'uk'));
  await answerAsResident(laptop, plan, 'uk');
  await stage.picture(laptop, 'resident-module', residentSpeaks(laptop, 'uk'));
  await resident.press(laptop, 'uk', 'toStaff');
  await resident.leaveNeutralPage(laptop, passphrase, 'toStaff');

  await finishAsStaff(laptop, plan, person);
  await intake.checkAnswers(laptop);
  await stage.picture(laptop, 'check-answers');
  await intake.finalise(laptop);
  await stage.picture(laptop, 'recorded');
  return { questions: plan.asked.length, resumedAt: question };
}

const residentSpeaks = (laptop: Laptop, now: Language) => {
  let shown = now;
  const speak = async (language: Language) => {
    await resident.speakToResident(laptop, shown, language);
    shown = language;
  };
  return { now, speak };
};
