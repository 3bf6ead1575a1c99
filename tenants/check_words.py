"""What the policy checker says, and how grave each finding is."""

from typing import Literal

WORDS: dict[str, tuple[Literal["error", "warning", "note"], str, str]] = {
    "floor_without_target": (
        "warning",
        "مدة الرد حد أدنى ولا مستهدف داخلي لها، فلا وعد للمستفيد بموعد أقصى.",
        "The reply period is a floor with no internal target, so nothing tells by when a reply is due.",
    ),
    "start_not_said_received": (
        "note",
        "لا تذكر السياسة بداية مدة الرد، وقد اختيرت من تاريخ الاستلام.",
        "The policy does not say what starts the reply period; receipt has been chosen.",
    ),
    "start_not_said_complete": (
        "note",
        "لا تذكر السياسة بداية مدة الرد، وقد اختيرت من تاريخ الاكتمال.",
        "The policy does not say what starts the reply period; completeness has been chosen.",
    ),
    "board_date_blank": (
        "warning",
        "تاريخ جلسة مجلس الإدارة فارغ.",
        "The date of the board's session is blank.",
    ),
    "board_session_missing": (
        "warning",
        "في سلسلة الاعتماد جلسة لمجلس الإدارة لم تُذكر بياناتها.",
        "The chain of approval has a board session of which nothing is stated.",
    ),
    "zero_date": ("warning", "التاريخ المطبوع أصفار: {printed}.", "The printed date is all zeros: {printed}."),
    "not_ratified": (
        "warning",
        "لم تكتمل المصادقة: التوقيع والتاريخ والختم.",
        "The ratification is not complete: signature, date and seal.",
    ),
    "channel_without_owner": (
        "warning",
        "القناة «{ar_name}» لا مسؤول عنها.",
        "The channel “{en_name}” has no owner.",
    ),
    "no_outbound_channel": (
        "error",
        "لا قناة يخرج بها الرد.",
        "There is no channel by which a reply can go out.",
    ),
    "no_inbound_channel": (
        "error",
        "لا قناة تصل بها المعاملات.",
        "There is no channel by which a case can arrive.",
    ),
    "unknown_channel": (
        "error",
        "قناة الشكاوى «{key}» غير موجودة أو موقوفة.",
        "The complaints channel “{key}” does not exist or is retired.",
    ),
    "step_repeated": ("error", "خطوة مكررة في خطوات التعامل.", "A dealing step is there twice."),
    "nobody_studies": (
        "error",
        "لا تذكر خطوات التعامل من يدرس الطلب.",
        "The dealing steps do not say who studies a request.",
    ),
    "unknown_committee": (
        "error",
        "«{ar_name}» تدرس الطلبات ولم تُعرَّف بين اللجان.",
        "“{en_name}” studies requests and is not among the committees.",
    ),
    "no_quorum": (
        "warning",
        "لم يُحدَّد النصاب النظامي لـ«{ar_name}».",
        "“{en_name}” has no quorum.",
    ),
    "quorum_without_number": (
        "error",
        "نصاب «{ar_name}» بلا مقدار.",
        "The quorum of “{en_name}” has no number.",
    ),
    "letter_repeated": ("warning", "الحرف «{letter}» مكرر.", "The letter “{letter}” is used twice."),
    "letter_skipped": (
        "note",
        "حروف لم تُستعمل في الترتيب: {ar_letters}.",
        "Letters skipped in the order: {en_letters}.",
    ),
    "no_ar": ("warning", "النص العربي ناقص: {ar_name}.", "The Arabic text is missing: {en_name}."),
    "no_en": ("warning", "النص الإنجليزي ناقص: {ar_name}.", "The English text is missing: {en_name}."),
    "no_text": ("error", "النص ناقص باللغتين: {ar_name}.", "The text is missing in both languages: {en_name}."),
    "clause_contradicts": (
        "error",
        "يقول البند إن «{ar_name}» هو «{ar_said}»، والإعداد «{ar_actual}».",
        "The clause says that “{en_name}” is “{en_said}”, and the setting is “{en_actual}”.",
    ),
    "nobody_holds": (
        "error",
        "تعتمد السياسة على «{ar_name}» ولا يشغل هذا الدور أحد.",
        "The policy relies on “{en_name}”, and nobody holds that role.",
    ),
    "owner_vacant": (
        "warning",
        "المسؤول عن القناة «{ar_name}» دور لا يشغله أحد.",
        "The channel's owner, “{en_name}”, is a role that nobody holds.",
    ),
    "bound_wording": (
        "error",
        "صياغة مدة الرد في هذه الخطوة لا توافق الإعداد «{ar_actual}».",
        "The wording of the reply period in this step does not fit the setting “{en_actual}”.",
    ),
}

# Words by which a sentence shows which bound it means.
BOUND_WORDS: dict[str, tuple[str, ...]] = {
    "floor": ("لا تقل عن", "لا يقل عن", "not less than", "at least"),
    "ceiling": ("لا تتجاوز", "لا يتجاوز", "لا تزيد", "أقصى مدة", "not more than", "no more than", "at most"),
}
