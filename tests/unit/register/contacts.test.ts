import { describe, expect, it } from 'vitest';
import { checkContact, contactFieldId, contactsOf, type ContactDetails } from '../../../shared/register/contacts.ts';

const contact = (over: Partial<ContactDetails> = {}): ContactDetails => ({
  ...{ body: 'ind', name: '', person: '', phone: '088 0000000', email: '', address: '', purpose: '' },
  ...over,
});

describe('contacts', () => {
  it('come back as they were kept, without what cannot be read', () => {
    const values = {
      [contactFieldId('a')]: contact({ name: 'Loket' }),
      [contactFieldId('b')]: { ...contact(), body: 'wizard' },
      [contactFieldId('c')]: null,
      'retention.case': { years: 5 },
    };
    expect(contactsOf(values)).toEqual([{ ...contact({ name: 'Loket' }), key: 'a' }]);
  });

  it.each<[Partial<ContactDetails>, readonly unknown[]]>([
    [{}, []],
    [{ phone: '', email: 'a@example.nl' }, []],
    [{ phone: ' ' }, [{ part: 'phone', problem: 'missing' }]],
    [{ body: 'other' }, [{ part: 'name', problem: 'missing' }]],
    [{ body: 'other', person: 'A. Jansen' }, []],
    [{ purpose: 'x'.repeat(201) }, [{ part: 'purpose', problem: 'too-long' }]],
  ])('%j has the problems %j', (over, problems) => {
    expect(checkContact(contact(over))).toEqual(problems);
  });
});
