"""Every route that takes a form records it once, or says why the same form twice does no harm."""

from flask import Flask

GUARDED = {
    "sets what it shows, and sets it to the same": """
        admin.branch admin.department admin.member admin.role acknowledgements.notice acknowledgements.notice_sending
        calendars.holiday complaints.answer complaints.area complaints.complaint_rules desk.correct_beneficiary
        desk.correct_party requests.request_type
        desk.settings library.edit_tool messages.edit messages.restore policies.section
        programme.change_said settlements.settlement_rules surveys.describe surveys.field_team surveys.question
        surveys.section surveys.survey_rules visits.checklist visits.record portal.step""",
    "leaves a state behind, and is refused or changes nothing once that is left": """
        acknowledgements.end acknowledgements.read acknowledgements.later acknowledgements.withdraw_notice
        admin.close_department admin.reopen_department admin.retire_branch admin.reopen_branch desk.hand_over
        admin.suspend admin.resume admin.reset_code calendars.confirm calendars.remove calendars.take_over
        committees.change committees.end_seat committees.item committees.minutes committees.release committees.schedule
        complaints.withdraw_answer requests.change_request_type requests.discard_draft interviews.over
        interviews.withdraw library.read admin.confirm_grant admin.refuse_grant desk.another_person desk.identity
        policies.act policies.discard policies.in_force policies.unchanged
        policies.decide_blueprint policies.decide_house programme.end_review programme.withdraw_said
        surveys.change_part surveys.change_round visits.over visits.take_out portal.attest_again portal.attest_code
        portal.confirm_delivery portal.discard portal.leave portal.withdraw settlements.accept
        voices.rate""",
    "takes a code, a password or a link that is good once": """
        portal.enter_code portal.enter_identity_code portal.prove_identity staff.switched portal.follow
        settlements.ask_code portal.ask_code portal.send_attest_code staff.invitation
        staff.forgotten staff.reset staff.sign_in staff.code staff.set_up staff.sign_out staff.desk_account
        staff.desk_password staff.desk_second_step staff.desk_fresh_codes staff.desk_end_sessions""",
    "shows something, and records no more than that it was looked at": """
        desk.receipt desk.reveal messages.contact_number desk.reveal_beneficiary portal.sent_receipt""",
    "sends a draft, which is sent once whatever its form's key": "requests.draft portal.send",
    "begins a draft, which nobody but its writer ever sees": "portal.start",
    "adds to a questionnaire that nobody answers yet, where it is seen at once": "surveys.new_section",
    "uses the key in the statement that keeps the answer": "surveys.answer surveys.kiosk",
    "brings the id that the phone made": "surveys.field_answer",
    "makes one association for each key, which its id comes from": "console.new",
    "the platform's own, where addresses are unique and states are left behind": """
        console.suspend console.resume console.reset_code staff.console_account staff.console_password
        staff.console_second_step staff.console_fresh_codes staff.console_end_sessions""",
}
"""Why the other routes that take a form need no key of it."""


class TestEveryRoute:
    def test_that_takes_a_form_records_it_once_or_says_why_twice_does_no_harm(self, app: Flask) -> None:
        posting = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
        once = {name for name in posting if getattr(app.view_functions[name], "sent_once", False)}
        said = [name for names in GUARDED.values() for name in names.split()]
        assert len(said) == len(set(said))
        assert posting - once - {"demo.mail"} == set(said)
