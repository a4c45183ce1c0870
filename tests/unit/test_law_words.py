"""Nothing that people read says one of eight false things about the law, or leans on the law that was repealed.

The eight: `law_and_forensics` 0.4. A pattern is written for the sentence that would say it, so that the true one ("it
is not for everyone") passes. Each stands beside a planted sentence that it has to find.
"""

import re

import pytest

from bot.dialog.model import Book, Session
from bot.dialog.view import draw
from bot.flows.proof import forms
from bot.i18n import LANGUAGES
from tests.books import APPROVED
from tests.catalogs.catalog_files import entries

SAID_FALSELY = {
    "only an administrative offence": {
        "en": {
            r"(?:only|just|merely) an administrative": "Violence at home is only an administrative offence.",
            r"not a crime\b": "A blow is not a crime.",
        },
        "ru": {
            r"(?:только|лишь) (?:\w+ )?административн": "Насилие дома — это только административное дело.",
            r"(?:побои|насилие) (?:— )?(?:это )?не преступлени": "Побои — не преступление.",
        },
        "kk": {
            r"тек (?:қана )?әкімшілік": "Үйдегі зорлық — тек әкімшілік құқық бұзушылық.",
            r"қылмыс (?:емес|болып саналмайды)": "Ұрып-соғу қылмыс емес.",
        },
    },
    "the law of 2009, repealed": {
        "en": {
            r"2009": "The law of 2009 gives you rights.",
            r"214-IV": "Law 214-IV gives you rights.",
            r"on prevention of domestic violence": "The Law on Prevention of Domestic Violence helps.",
        },
        "ru": {
            r"2009": "Закон 2009 года вас защищает.",
            r"214-IV": "По Закону 214-IV вам помогут.",
            r"о профилактике бытового насилия": "Закон «О профилактике бытового насилия».",
        },
        "kk": {
            r"2009": "2009 жылғы заң сізді қорғайды.",
            r"214-IV": "214-IV Заңы сізді қорғайды.",
            r"зорлық-зомбылық профилактикасы": "«Тұрмыстық зорлық-зомбылық профилактикасы туралы» Заң.",
        },
    },
    "the order evicts": {
        "en": {
            r"(?:order|it) (?:evicts|removes|puts (?:him|her|them|the person) out)": "The order evicts him.",
            r"(?:he|she|they|person) (?:has|have) to (?:leave|move out)": "With it the person has to leave.",
        },
        "ru": {
            r"(?:предписание|оно) (?:\w+ )??(?<!не )выселяет": "Защитное предписание выселяет его.",
            r"(?<!не )выселят\b|(?<!не )выселит": "Полиция его выселит.",
            r"(?:придётся|обязан) (?:уйти|съехать|покинуть)": "Ему придётся съехать.",
        },
        "kk": {
            r"үйден (?:шығарады|қуады|шығарып)": "Қорғау нұсқамасы оны үйден шығарады.",
        },
    },
    "a right to a woman expert": {
        "en": {
            r"(?:right|entitled) to a (?:woman|female)": "You are entitled to a female expert.",
        },
        "ru": {
            r"(?:вправе|право) (?:\w+ ){0,2}(?:врача-|эксперта-)?женщин": "Вы вправе требовать женщину-эксперта.",
        },
        "kk": {
            r"әйел (?:сарапшы|дәрігер)\w* (?:\w+ ){0,2}құқы": "Әйел сарапшы талап етуге құқығыңыз бар.",
        },
    },
    "a free lawyer for everyone": {
        "en": {
            r"every(?:one|body) (?:gets|has) a (?:free )?lawyer": "Everybody gets a free lawyer.",
            r"you (?:will )?(?:get|have) a free lawyer": "You get a free lawyer.",
        },
        "ru": {
            (
                r"(?:кажд\w+|всем|вам) (?:положен|дадут|дают|полагается) (?:\w+ )?(?:адвокат|юрист)"
            ): "Каждой положен бесплатный адвокат.",
        },
        "kk": {
            r"(?:бәріне|әркімге|сізге) тегін (?:заңгер|адвокат)": "Бәріне тегін адвокат беріледі.",
        },
    },
    "a secret kept from everybody": {
        "en": {
            r"(?:fully|completely|totally) (?:secret|private|anonymous)": "This chat is fully secret.",
            r"(?:never|will not) tell any": "We never tell anyone.",
        },
        "ru": {
            r"(?:полностью|совершенно) (?:тайн|секрет|аноним|конфиденц)": "Этот чат полностью анонимный.",
            r"никто (?:никогда )?не узнает": "Об этом никто не узнает.",
            r"никогда никому": "Мы никогда никому не сообщаем.",
        },
        "kk": {
            r"(?:толық|мүлде) (?:құпия|жасырын)": "Бұл чат толық құпия.",
            r"(?:ешқашан ешкім|ешкім (?:ешқашан )?білмейді)": "Бұл туралы ешкім білмейді.",
        },
    },
    "only she begins a case, or never she": {
        "en": {
            r"only you can": "Only you can start the case.",
            r"only (?:on|with|after) your (?:complaint|statement)": "A case begins only with your statement.",
            r"(?:always|in all cases) without you|without you in all": "The police act without you in all cases.",
        },
        "ru": {
            r"только по ваше\w+ (?:жалобе|заявлению)": "Дело начинают только по вашему заявлению.",
            r"только (?:вы можете|по вашей жалобе)": "Дело начнут только по вашей жалобе.",
            r"всегда (?:\w+ )?без вас": "Полиция всегда начинает без вас.",
        },
        "kk": {
            r"тек (?:қана )?(?:сіздің )?(?:арыз|шағым)ыңыз": "Іс тек арызыңызбен басталады.",
            r"тек (?:қана )?сіз": "Істі тек сіз ғана бастай аласыз.",
            r"(?:әрқашан|қашан да) сізсіз": "Полиция әрқашан сізсіз бастайды.",
        },
    },
    "peace at any time": {
        "en": {
            r"always (?:make peace|withdraw)": "You can always make peace.",
            r"(?:make peace|withdraw \w+) at any time": "You may withdraw it at any time.",
        },
        "ru": {
            r"(?:всегда|в любой момент) (?:можно )?(?:помириться|забрать)": "В любой момент можно помириться.",
            r"(?:помириться|забрать \w+) (?:можно )?(?:всегда|в любой)": "Забрать заявление можно в любой момент.",
        },
        "kk": {
            r"(?:кез келген уақытта|әрқашан) (?:татулас|қайтарып)": "Кез келген уақытта татуласуға болады.",
        },
    },
}
"""What is said falsely, in each language: a pattern, and a sentence that it has to find."""

FORBIDDEN = [
    (name, language, pattern, planted)
    for name, languages in SAID_FALSELY.items()
    for language, patterns in languages.items()
    for pattern, planted in patterns.items()
]

TRUE = [
    "By itself it does not put the person out of the home.",
    "It is not for everyone: whether for you, you can ask 111.",
    "Some cases begin on your complaint.",
    "Making peace is your choice, and you may say no.",
    "Insults at home, if there is no crime: Administrative Code, article 73.",
    "Само по себе оно не выселяет человека из дома.",
    "Оскорбления дома, если нет преступления.",
    "Одни дела начинают по вашей жалобе.",
    "Это положено не всем: есть ли право у вас, спросите в 111.",
    "Нұсқаманың өзі адамды үйден шығармайды.",
    "Кейбір іс сіздің шағымыңызбен басталады.",
    "Бұл бәріне бірдей емес.",
]


def said_falsely(text: str) -> set[str]:
    """The false things that a text says, in whichever language."""
    return {name for name, _, pattern, _ in FORBIDDEN if re.search(pattern, text, re.IGNORECASE)}


def texts(book: Book, language: str) -> dict[str, str]:
    """Every form of every screen, with its buttons and what it copies."""
    found = {}
    for address in book:
        for told in forms(book.screen(address)):
            view = draw(book, Session(language, address, told=told), {"hours": 24})
            buttons = [f"{button.words}\n{button.copies or ''}" for button in view.buttons()]
            found[f"{address} {told}"] = "\n".join([view.text, *buttons])
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_says_what_is_not_so(language: str) -> None:
    found = texts(APPROVED, language)
    assert len(found) >= len(list(APPROVED))
    assert {where: said for where, text in found.items() if (said := said_falsely(text))} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_catalogs_does_either(language: str) -> None:
    """Sentences that only some organisations or days show, too."""
    assert {one.words: said for one in entries(language) if (said := said_falsely(one.words))} == {}


@pytest.mark.parametrize(("name", "language", "pattern", "planted"), FORBIDDEN)
def test_a_planted_sentence_is_found(name: str, language: str, pattern: str, planted: str) -> None:
    assert re.search(pattern, planted, re.IGNORECASE)
    assert name in said_falsely(f"Here is a longer text. {planted} And more.")
    assert bool(re.search("[а-яәғқңөұүһі]", planted.lower())) is (language != "en")


@pytest.mark.parametrize("sentence", TRUE)
def test_the_nearest_true_sentence_is_let_be(sentence: str) -> None:
    assert said_falsely(sentence) == set()


def test_each_false_thing_is_looked_for_in_each_language() -> None:
    looked_for = {(name, language) for name, language, *_ in FORBIDDEN}
    assert looked_for == {(name, language) for name, *_ in FORBIDDEN for language in LANGUAGES}
    assert len({name for name, *_ in FORBIDDEN}) == 8
