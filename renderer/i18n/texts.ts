import nlCommon from '../../locales/nl/common.json' with { type: 'json' };
import nlRegister from '../../locales/nl/register.json' with { type: 'json' };
import nlExpiry from '../../locales/nl/expiry.json' with { type: 'json' };
import nlPrivacy from '../../locales/nl/privacy.json' with { type: 'json' };
import nlFacts from '../../locales/nl/facts.json' with { type: 'json' };
import nlReception from '../../locales/nl/reception.json' with { type: 'json' };
import nlContributions from '../../locales/nl/contributions.json' with { type: 'json' };
import nlRun from '../../locales/nl/run.json' with { type: 'json' };
import nlPayments from '../../locales/nl/payments.json' with { type: 'json' };
import nlLetters from '../../locales/nl/letters.json' with { type: 'json' };
import nlFollowUp from '../../locales/nl/followUp.json' with { type: 'json' };
import nlIntakes from '../../locales/nl/intakes.json' with { type: 'json' };
import nlReports from '../../locales/nl/reports.json' with { type: 'json' };
import nlSync from '../../locales/nl/sync.json' with { type: 'json' };
import nlSettings from '../../locales/nl/settings.json' with { type: 'json' };
import nlErrors from '../../locales/nl/errors.json' with { type: 'json' };
import ukCommon from '../../locales/uk/common.json' with { type: 'json' };
import ukRegister from '../../locales/uk/register.json' with { type: 'json' };
import ukExpiry from '../../locales/uk/expiry.json' with { type: 'json' };
import ukPrivacy from '../../locales/uk/privacy.json' with { type: 'json' };
import ukFacts from '../../locales/uk/facts.json' with { type: 'json' };
import ukReception from '../../locales/uk/reception.json' with { type: 'json' };
import ukContributions from '../../locales/uk/contributions.json' with { type: 'json' };
import ukRun from '../../locales/uk/run.json' with { type: 'json' };
import ukPayments from '../../locales/uk/payments.json' with { type: 'json' };
import ukLetters from '../../locales/uk/letters.json' with { type: 'json' };
import ukFollowUp from '../../locales/uk/followUp.json' with { type: 'json' };
import ukIntakes from '../../locales/uk/intakes.json' with { type: 'json' };
import ukReports from '../../locales/uk/reports.json' with { type: 'json' };
import ukSync from '../../locales/uk/sync.json' with { type: 'json' };
import ukSettings from '../../locales/uk/settings.json' with { type: 'json' };
import ukErrors from '../../locales/uk/errors.json' with { type: 'json' };
import enCommon from '../../locales/en/common.json' with { type: 'json' };
import enRegister from '../../locales/en/register.json' with { type: 'json' };
import enExpiry from '../../locales/en/expiry.json' with { type: 'json' };
import enPrivacy from '../../locales/en/privacy.json' with { type: 'json' };
import enFacts from '../../locales/en/facts.json' with { type: 'json' };
import enReception from '../../locales/en/reception.json' with { type: 'json' };
import enContributions from '../../locales/en/contributions.json' with { type: 'json' };
import enRun from '../../locales/en/run.json' with { type: 'json' };
import enPayments from '../../locales/en/payments.json' with { type: 'json' };
import enLetters from '../../locales/en/letters.json' with { type: 'json' };
import enFollowUp from '../../locales/en/followUp.json' with { type: 'json' };
import enIntakes from '../../locales/en/intakes.json' with { type: 'json' };
import enReports from '../../locales/en/reports.json' with { type: 'json' };
import enSync from '../../locales/en/sync.json' with { type: 'json' };
import enSettings from '../../locales/en/settings.json' with { type: 'json' };
import enErrors from '../../locales/en/errors.json' with { type: 'json' };

/** All texts of all languages are in the bundle: there is nothing to load, offline or not. */
export const texts = {
  nl: {
    common: nlCommon,
    register: nlRegister,
    expiry: nlExpiry,
    facts: nlFacts,
    privacy: nlPrivacy,
    reception: nlReception,
    contributions: nlContributions,
    run: nlRun,
    payments: nlPayments,
    letters: nlLetters,
    followUp: nlFollowUp,
    intakes: nlIntakes,
    reports: nlReports,
    sync: nlSync,
    settings: nlSettings,
    errors: nlErrors,
  },
  uk: {
    common: ukCommon,
    register: ukRegister,
    expiry: ukExpiry,
    facts: ukFacts,
    privacy: ukPrivacy,
    reception: ukReception,
    contributions: ukContributions,
    run: ukRun,
    payments: ukPayments,
    letters: ukLetters,
    followUp: ukFollowUp,
    intakes: ukIntakes,
    reports: ukReports,
    sync: ukSync,
    settings: ukSettings,
    errors: ukErrors,
  },
  en: {
    common: enCommon,
    register: enRegister,
    expiry: enExpiry,
    facts: enFacts,
    privacy: enPrivacy,
    reception: enReception,
    contributions: enContributions,
    run: enRun,
    payments: enPayments,
    letters: enLetters,
    followUp: enFollowUp,
    intakes: enIntakes,
    reports: enReports,
    sync: enSync,
    settings: enSettings,
    errors: enErrors,
  },
};
