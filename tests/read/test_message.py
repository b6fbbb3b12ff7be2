"""What is meant for colleagues in a message is left out, or the message is refused."""

from __future__ import annotations

import re

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from statusbook.problems import errors
from statusbook.read.faults import Faults
from statusbook.read.message import check_message
from statusbook.render.markdown import html_of

CANARY = "kanarek"
AROUND = st.lists(
    st.sampled_from(
        ["\n", "\n\n", " ", "    ", "> ", "- ", "1. ", "# ", "a", "**", "_", "`", "```\n", "~~~\n",
         "|", "\n|-|-|\n", "<b>", "</b>", "<div>", "</div>", "<script>", "</script>", "<pre>", "<?",
         "?>", "<!x", "<![CDATA[", "]]>", "[", "](https://a.example.com)", "![", "\\", "&lt;!--",
         "-->", "<", ">", "!--", "\t"]
    ),
    max_size=7,
).map("".join)  # fmt: skip
INSIDE = st.lists(
    st.sampled_from(
        [CANARY, "\n", "\n\n", " ", "> ", "- ", "`", "*", "|", "<b>", "--", ">", "```\n"]
    ),
    max_size=4,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(before=AROUND, inside=INSIDE, after=AROUND)
@example(before="<script>x</script> ", inside=f"{CANARY}\n{CANARY}", after="")
@example(before="> ", inside=f"it is\n{CANARY}", after="")
@example(before="![", inside="", after="](https://a.example.com)")
@example(before="a ", inside=f"\n\n{CANARY}", after="")
def test_38_no_note_is_shown_unless_it_is_code(before: str, inside: str, after: str) -> None:
    message = f"{before}<!--{CANARY}{inside}-->{after}"
    assume("-->" not in inside)
    faults = Faults("incidents/a/1-a.md")
    check_message(message, faults, 1)
    if errors(faults.found):
        return

    html = html_of(message)

    on_purpose = "\\<!--" in message
    begins_in_code = re.search(r"<code[^>]*>[^<]*&lt;!--", html) is not None
    assert on_purpose or begins_in_code or CANARY not in re.sub(r"<code>[^<]*</code>", "", html)
