"""The first lists of words for leaving and for help, folded as `fold` folds them.

A wrong hit on a word for help only shows the numbers, which can be taken away again; so the lists rather take too much.
Sources: `safety_content` 3.3 and 6.
"""

EXIT_MARKS = frozenset({".", "..", "...", "✖", "✖️", "❌", "✕", "×"})
"""Whole messages that close the chat."""

EXIT_WORDS = frozenset(
    # Russian, also on a Latin keyboard
    "выход выйти выхожу закрыть закрой закрыт стоп vyhod vyyti zakryt zakroi zakroy "
    # Kazakh in both scripts and without its letters
    "шыгу шыгып шык жабу жап жабыныз shygu shyghu shyg shyqu şygu şyğu zhabu jabu zhap jap "
    # English
    "exit exti eixt close quit stop".split()
)

NOT_EXIT_WORDS = frozenset(
    "вход войти вызов выезд вывод стол стон стоя стог столп "
    "жазу жату жагу жару табу кабу шыду шыгыс шыгын "
    "edit step shop quiet quite clothes".split()
)
"""Words of their own that are one slip away from a word for leaving."""

URGENT_WORDS = frozenset(
    "102 112 103 111 101 sos сос "
    "скорая скорую пожар памагите памаги помагите "
    "помогите помоги помощь спасите спаси срочно убивает убивают pomogite pomogi pomosh pomosch spasite srochno "
    "комек комектесиниз комектесиндер комектес куткар куткарыныз шугыл "
    "komek komektesiniz komektes kömek kömektesiñiz qutqar kutkar qutqarynyz shugyl shughyl "
    "help хелп emergency urgent police ambulance fire "
    "полиция полицию милиция полицияны polisia politsia".split()
)

URGENT_TOGETHER = tuple(
    frozenset(pair.split())
    for pair in (
        "бьет меня",
        "бьют меня",
        "избивает меня",
        "избивают меня",
        "жедел жардем",
        "мени урады",
        "избил меня",
        "убьет меня",
        "убить меня",
        "душит меня",
        "мени урып",
        "урып жатыр",
        "мени олтиреди",
        "олтиремин дейди",
        "save me",
        "hitting me",
        "beating me",
        "hurting me",
        "kill me",
    )
)
"""Words that mean danger when they stand in one message, in any order."""
