import type { Random } from '../../shared/demo/random.ts';

/** Names of the queries. None is in the generator or in a list of the search, and the search is not tuned on them. */
export const familiesApart =
  'Абраменко Бабич Балабан Барабаш Безсмертний Береза Білецький Бугай Вакуленко Величко Верба Войтенко Гайдук Глушко Гнатюк Голуб Горбань Гречко Грищенко Гуменюк Дем’янчук Деркач Дорошенко Дубина Дрозд Ємець Жаботинський Жовтобрюх Завгородній Задорожний Зінченко Зозуля Іваненко Ільченко Каленюк Карпенко Кириченко Козак Колесник Конопля Корнієнко Костюк Кричевський Кулик Куценко Лагода Лазаренко Левченко Литвин Лозинський Лященко Мазур Макаренко Маслюк Мироненко Москаленко Мудрий Назаренко Невідомий Новак Овчаренко Онищук Осадчий Панасюк Паламарчук Пилипенко Погорілий Пономаренко Пшеничний Радченко Редько Рябошапка Самойленко Семенюк Сердюк Синиця Скляр Слободян Снігур Стасюк Суходольський Таран Третяк Тютюнник Удовенко Українець Усик Фесенко Філоненко Хоменко Худяк Цвях Чайковський Черевко Чумак Шаповал Шинкарук Шкляренко Щегольков Щур Юхименко Якубовський Яцюк Ящук'.split(
    ' ',
  );
export const givenApart =
  'Азар Аліна Антоніна Борис Вадим Валерій Віолетта Гліб Діана Едуард Зоя Інна Карина Леонід Маргарита Назар Нонна Остап Раїса Руслан Степан Тимур Уляна Юліан Ждан Щастислав'.split(
    ' ',
  );

type Table = Readonly<Record<string, string>>;
const letters: Table = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'y', і: 'i', к: 'k', л: 'l' },
  ...{ м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh' },
  ...{ щ: 'shch', ь: '', '’': '', ʼ: '' },
};
/** Written down for the bench from the published tables, apart from those of the search. */
export const olderTables: Readonly<Record<string, Table>> = {
  'passport 2007': { ...letters, є: 'ie', ї: 'i', й: 'i', ю: 'iu', я: 'ia' },
  'passport before 2007': { ...letters, є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' },
  'by way of Russian': { ...letters, и: 'i', є: 'e', ї: 'i', й: 'y', ю: 'yu', я: 'ya' },
};

export const romaniseBy = (table: Table, text: string): string =>
  [...text.toLowerCase()].map((letter) => table[letter] ?? letter).join('');

const latin = 'abcdefghijklmnopqrstuvwxyz';

/** One typing error anywhere, the first letter included: left out, doubled by another, replaced, or two swapped. */
export function withTypo(word: string, random: Random): string {
  for (;;) {
    const at = random.whole(word.length);
    const letter = random.pick([...latin]);
    const kinds = [
      word.slice(0, at) + word.slice(at + 1),
      word.slice(0, at) + letter + word.slice(at),
      word.slice(0, at) + letter + word.slice(at + 1),
      word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
    ];
    const wrong = random.pick(kinds);
    if (wrong !== word) return wrong;
  }
}
