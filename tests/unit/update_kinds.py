"""Every kind of update and of message that Telegram can send (Bot API: Update, Message), as small real examples."""

from typing import Any

CHAT, MESSAGE, SENT = 700_001, 55, 1_800_000_000
NAME = "Zkqcanary"
"""In every place that can hold a name, a phone or a file, so that a test can see whether it gets through."""

Json = dict[str, Any]
PERSON: Json = {"id": CHAT, "is_bot": False, "first_name": NAME, "username": NAME, "language_code": "kk"}
PRIVATE: Json = {"id": CHAT, "type": "private", "first_name": NAME, "username": NAME}
GROUP: Json = {"id": -100_200, "type": "supergroup", "title": NAME}
CHANNEL: Json = {"id": -100_300, "type": "channel", "title": NAME}
FILE: Json = {"file_id": NAME, "file_unique_id": NAME, "file_name": NAME}
PLACE: Json = {"latitude": 43.2, "longitude": 76.9}


def message(**fields: Any) -> Json:
    """A message of hers in her own chat; `None` takes a field away."""
    sent = {"message_id": MESSAGE, "from": PERSON, "chat": PRIVATE, "date": SENT, **fields}
    return {"update_id": 1, "message": {name: value for name, value in sent.items() if value is not None}}


def press(**fields: Any) -> Json:
    """A button pressed by her; `None` takes a field away."""
    beneath = {"message_id": MESSAGE, "from": {"id": 1, "is_bot": True}, "chat": PRIVATE, "date": SENT, "text": NAME}
    query = {"id": "42", "from": PERSON, "message": beneath, "chat_instance": "1", "data": "AQE", **fields}
    return {"update_id": 1, "callback_query": {name: value for name, value in query.items() if value is not None}}


def membership(chat: Json, status: object) -> Json:
    """The bot's own place in a chat changed."""
    member = {"status": status, "user": {"id": 1, "is_bot": True}}
    return {"update_id": 1, "my_chat_member": {"chat": chat, "from": PERSON, "date": SENT, "new_chat_member": member}}


REMOVED: dict[str, Json] = {
    "contact": {"contact": {"phone_number": NAME, "first_name": NAME, "user_id": CHAT, "vcard": NAME}},
    "location": {"location": {**PLACE, "live_period": 3600}},
    "venue": {"location": PLACE, "venue": {"location": PLACE, "title": NAME, "address": NAME}},
}
"""What tells who or where somebody is."""

UNREAD: dict[str, Json] = {
    "photo": {"photo": [FILE], "caption": "words under it"},
    "video": {"video": FILE},
    "video_note": {"video_note": FILE},
    "voice": {"voice": FILE},
    "audio": {"audio": FILE},
    "document": {"document": FILE},
    "animation": {"document": FILE, "animation": FILE},
    "sticker": {"sticker": FILE},
    "poll": {"poll": {"id": "1", "question": NAME, "options": []}},
    "dice": {"dice": {"emoji": "🎲", "value": 6}},
    "game": {"game": {"title": NAME, "photo": [FILE]}},
    "story": {"story": {"chat": PRIVATE, "id": 1}},
    "checklist": {"checklist": {"title": NAME, "tasks": []}},
    "paid_media": {"paid_media": {"star_count": 1, "paid_media": []}},
    "live_photo": {"live_photo": FILE},
    "rich_message": {"rich_message": {"blocks": [NAME]}},
    "invoice": {"invoice": {"title": NAME, "currency": "KZT", "total_amount": 1}},
    "giveaway": {"giveaway": {"chats": [CHANNEL], "winner_count": 1}},
}
"""What is neither opened nor saved."""

SERVICE = frozenset(
    "new_chat_members left_chat_member chat_owner_left chat_owner_changed new_chat_title new_chat_photo "
    "delete_chat_photo group_chat_created supergroup_chat_created channel_chat_created "
    "message_auto_delete_timer_changed migrate_to_chat_id migrate_from_chat_id pinned_message successful_payment "
    "refunded_payment user_shared users_shared chat_shared gift unique_gift gift_upgrade_sent connected_website "
    "write_access_allowed passport_data proximity_alert_triggered boost_added chat_background_set "
    "checklist_tasks_done checklist_tasks_added community_chat_added community_chat_joined community_chat_removed "
    "direct_message_price_changed forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened "
    "general_forum_topic_hidden general_forum_topic_unhidden giveaway_created giveaway_winners giveaway_completed "
    "managed_bot_created paid_message_price_changed poll_option_added poll_option_deleted suggested_post_approved "
    "suggested_post_approval_failed suggested_post_declined suggested_post_paid suggested_post_refunded "
    "video_chat_scheduled video_chat_started video_chat_ended video_chat_participants_invited web_app_data".split()
)
"""What Telegram says by itself in a chat, and what other programs send: nobody wrote it to us."""

NOT_A_KIND = frozenset(
    "message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count sender_business_bot "
    "sender_tag receiver_user ephemeral_message_id date guest_query_id business_connection_id chat forward_origin "
    "forward_from forward_from_chat forward_from_message_id forward_signature forward_sender_name forward_date "
    "is_topic_message is_automatic_forward reply_to_message external_reply quote reply_to_story "
    "reply_to_checklist_task_id reply_to_poll_option_id via_bot guest_bot_caller_user guest_bot_caller_chat "
    "edit_date has_protected_content is_from_offline is_paid_post media_group_id author_signature paid_star_count "
    "entities link_preview_options suggested_post_info effect_id caption caption_entities "
    "show_caption_above_media has_media_spoiler reply_markup".split()
)
"""Fields that say something about a message and not what it is."""

SILENT_UPDATES = frozenset(
    "edited_message edited_channel_post business_connection business_message edited_business_message "
    "deleted_business_messages guest_message message_reaction message_reaction_count inline_query "
    "chosen_inline_result shipping_query purchased_paid_media poll poll_answer chat_member chat_join_request "
    "chat_boost removed_chat_boost managed_bot subscription stopped_message_generation".split()
)
"""Kinds of updates that we neither ask for nor act on."""

ACTED_ON = frozenset({"message", "callback_query", "my_chat_member", "channel_post", "pre_checkout_query"})
"""Kinds of updates that mean something to us."""

MALFORMED: list[Json] = [
    {},
    {"quantum_message": {"x": 1}},
    {"message": []},
    {"message": "text"},
    {"message": None},
    {"message": {"chat": {"id": "1", "type": "private"}}},
    {"message": {"chat": {"id": {"a": 1}, "type": "private"}, "from": {"id": []}, "message_id": 1, "date": 1}},
    {"message": {"chat": {"id": 10**400, "type": "private"}, "message_id": -1, "date": "now"}},
    {"message": {"chat": {"id": True, "type": "private"}, "message_id": 1.5, "date": 10**14}},
    {"callback_query": {}},
    {"callback_query": {"id": "1", "from": {"id": 5}, "data": "x"}},
    {"callback_query": {"id": "1", "from": {"id": 5}, "inline_message_id": "a", "game_short_name": "g"}},
    {"callback_query": {"id": {}, "from": None, "message": [], "data": []}},
    {"my_chat_member": {"chat": {"id": 5, "type": "private"}}},
    {"my_chat_member": {"chat": {"id": -5, "type": "supergroup"}, "new_chat_member": {"status": "member"}}},
    {"pre_checkout_query": {"id": "7", "currency": "XTR"}},
    {"pre_checkout_query": []},
    {"inline_query": {"id": "1", "query": "help"}},
    {"channel_post": {"chat": {"id": -100, "type": "channel"}}},
    {"message": {"chat": {"id": -7, "type": "group"}, "message_id": 1, "date": 1, "text": "help"}},
    {"poll": {"id": "1"}},
    {"business_message": {"text": "help"}},
    {"chat_member": {}, "message": {}, "callback_query": {}},
]
"""What no server should send."""
