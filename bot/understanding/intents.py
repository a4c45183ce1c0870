"""The things that people write to us about. Source: `safety_content` 6."""

from enum import StrEnum


class Intent(StrEnum):
    """What a message is mainly about; when several fit, the most urgent need."""

    IMMEDIATE_DANGER = "immediate_danger"
    NEEDS_POLICE = "needs_police"
    NEEDS_SHELTER = "needs_shelter"
    FORENSIC_EXAM = "forensic_exam"
    LEGAL_PROTECTIVE_ORDER = "legal_protective_order"
    SEXUAL_VIOLENCE = "sexual_violence"
    CHILD_AT_RISK = "child_at_risk"
    SUICIDAL = "suicidal"
    STALKING_DIGITAL = "stalking_digital"
    PSYCHOLOGICAL_SUPPORT = "psychological_support"
    ECONOMIC = "economic"
    TALK_TO_HUMAN = "talk_to_human"
    BYSTANDER = "bystander"
    PERPETRATOR = "perpetrator"
    GREETING = "greeting"
    THANKS = "thanks"
    DELETE_MY_DATA = "delete_my_data"
    QUICK_EXIT = "quick_exit"
    UNRELATED = "unrelated"
