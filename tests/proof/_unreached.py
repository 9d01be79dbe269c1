"""What the scan cannot come to, and why."""

#: What a scan cannot come to, and why: everything else must have been reached by somebody.
WHY_NOT = {
    **dict.fromkeys(
        ("auth.sign_out", "auth.sign_out_everywhere", "auth.password", "auth.signed_in", "auth.end_session"),
        "left out, for it ends the scan's session",
    ),
    **dict.fromkeys(
        ("auth.reset", "auth.invitation", "links.confirm", "links.confirmed"), "opened by a token from a mail"
    ),
    **dict.fromkeys(
        ("review.remind_opinion", "review.revoke_opinion", "links.advise"),
        "only while an expert is asked for an opinion",
    ),
    "review.visit": "only while a case of the scan is at the visit",
    **dict.fromkeys(("auth.kept", "auth.discard"), "only after a form was sent from a session that had ended"),
    **dict.fromkeys(
        ("auth.remove_factor", "auth.renew_codes", "people.reset_second_step"),
        "only where an authenticator app is set up, which takes its code",
    ),
    **dict.fromkeys(("auth.to_council", "auth.from_council"), "only where the council's own sign-in is set up"),
    **dict.fromkeys(("invitations.confirm", "need.confirm"), "only after a list that is right was uploaded"),
    **dict.fromkeys(("foi.show", "foi.case", "foi.item", "foi.pack"), "only once a request is logged"),
    **dict.fromkeys(
        ("logging.correct", "logging.submit", "logging.show"), "only while a case that an officer logs is at this step"
    ),
    **dict.fromkeys(("apply.exception", "review.exception"), "only where a school asks for an exception"),
    **dict.fromkeys(
        ("apply.words", "apply.take_over"), "only with a draft begun before its author was confirmed at the school"
    ),
    **dict.fromkeys(
        ("apply.answer", "apply.answered", "apply.send_detail", "apply.remove_document", "apply.replace_document"),
        "only while the council has asked the scan's own school for something",
    ),
    **dict.fromkeys(
        ("panel.reopen", "panel.plan", "panel.register", "panel.item", "panel.close"),
        "a chair's, as whom nothing is scanned",
    ),
    **dict.fromkeys(
        (
            "panel.meeting",
            "panel.declare",
            "panel.minute",
            "panel.ask_pack",
            "panel.pack",
            "panel.pack_pdf",
            "review.compare",
        ),
        "only once the chair has planned a meeting",
    ),
    **dict.fromkeys(
        ("review.errand", "review.errand_file", "review.beside"), "only after a step for many cases, or from a list"
    ),
    **dict.fromkeys(("review.view_edit", "review.view_remove"), "only once a view is saved"),
    **dict.fromkeys(("panel.score", "panel.lock"), "a scorer's, as whom nothing is scanned"),
    **dict.fromkeys(
        ("auth.access", "auth.use_sign_in_link", "links.sign", "links.partner", "links.signed"),
        "opened by a token from a mail",
    ),
    **dict.fromkeys(
        ("access_requests.confirm", "access_requests.refuse", "auth.waiting"), "only while somebody asks for access"
    ),
    "successors.move": "only while a school that the register has closed has drafts or people",
    **dict.fromkeys(
        ("apply.ask_to_sign", "apply.remind_to_sign"), "only while the scan's own school waits for a signature"
    ),
    **dict.fromkeys(
        ("apply.message_file", "review.message_file", "review.comment_file"),
        "only once a file lies beside what was said",
    ),
    **dict.fromkeys(
        ("apply.wish", "review.settle_request", "review.close_question", "review.clear_flag"),
        "only after a letter, while a question is open, or while a flag is up",
    ),
    "apply.remove_colleague": "only where the school has an editor",
    "auth.second_step": "only between a right password and its code",
    "auth.stay": "sent by a script of the page when its time runs out",
    **dict.fromkeys(("need.scenario", "need.edit_scenario", "need.tick"), "only once a scenario is made"),
    "need.renew": "only where something of the pool can be renewed",
    "review.milestone": "only where a case has a plan",
    "need.handle_problem": "only once somebody has reported a problem",
    "failures.try_again": "only where work has failed",
    "delegations.revoke": "only where a delegation stands",
    "retention.lift": "only where a case is held back",
    "security.csp_reports": "browsers send to it; no page links there",
}
