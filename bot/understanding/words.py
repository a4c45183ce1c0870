"""The first lists of words for leaving and for help, folded as `fold` folds them.

A wrong hit on a word for help only shows the numbers, which can be taken away again; so the lists rather take too much.
Sources: `safety_content` 3.3 and 6.
"""

EXIT_MARKS = frozenset({".", "..", "...", "✖", "✖️", "❌", "✕", "×"})
"""Whole messages that close the chat."""

EXIT_WORDS = frozenset(
    # Russian, also on a Latin keyboard
    "выход выйти выхожу закрыть закрой закрыт vyhod vyyti zakryt zakroi zakroy "
    # Kazakh in both scripts and without its letters
    "шыгу шыгып шык жабу жап жабыныз shygu shyghu shyg shyqu zhabu jabu zhap jap "
    # English
    "exit close quit".split()
)

URGENT_WORDS = frozenset(
    "102 112 103 111 101 sos сос "
    "помогите помоги помощь спасите спаси срочно pomogite pomogi pomosh pomosch spasite srochno "
    "комек комектесиниз комектесиндер комектес куткар куткарыныз шугыл "
    "komek komektesiniz komektes kömek qutqar kutkar qutqarynyz shugyl shughyl "
    "help emergency urgent police "
    "полиция полицию милиция полицияны polisia politsia".split()
)

URGENT_PHRASES = frozenset(
    {
        "бьет меня",
        "меня бьет",
        "меня бьют",
        "меня избивает",
        "он меня убьет",
        "убьет меня",
        "хочет меня убить",
        "мени урып жатыр",
        "урып жатыр",
        "олтиремин дейди",
        "мени олтиреди",
        "save me",
        "hitting me",
        "hurting me",
        "going to kill me",
    }
)
