"""Mails: subject, sender, date, the right part, and the names of what is attached."""

import datetime as dt

import pytest

from facts.errors import FactsError
from tests.facts.readers.making import BODY, mail, read_one


def _parts(*parts: str, kind: str = "mixed") -> bytes:
    body = "".join(f"--x\r\n{part}\r\n" for part in parts) + "--x--"
    return mail(body, f'multipart/{kind}; boundary="x"')


def _text(body: str) -> str:
    return f"Content-Type: text/plain\r\n\r\n{body}"


def _page(body: str) -> str:
    return f"Content-Type: text/html\r\n\r\n<p>{body}</p>"


def test_a_mail_gives_subject_sender_and_the_day_on_the_senders_clock() -> None:
    found = read_one(mail(), "note.eml")
    assert found.text.replace("\r\n", "\n") == f"Acme signs offtake\n\n{BODY}"
    assert (found.title, found.publisher) == ("Acme signs offtake", "Acme Investor Relations")
    assert (found.published, found.media_type) == (dt.date(2026, 5, 4), "message/rfc822")


def test_the_text_part_is_preferred_and_the_page_read_when_the_text_says_nothing() -> None:
    both = read_one(_parts(_text(BODY), _page(f"{BODY} In colour."), kind="alternative"), "note.eml")
    assert "In colour" not in both.text
    stub = read_one(_parts(_text("Your program cannot show this."), _page(BODY), kind="alternative"), "note.eml")
    assert stub.text == f"Acme signs offtake\n\n{BODY}"


def test_a_mail_that_is_a_page_goes_through_the_reader_of_pages() -> None:
    data = mail(f"<html><script>secret</script><p>{BODY}</p></html>", "text/html")
    assert read_one(data, "note.eml").text == f"Acme signs offtake\n\n{BODY}"


def test_attachments_are_named_without_folders_and_not_read() -> None:
    attached = (
        'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="C:\\\\x\\\\deal.pdf"\r\n\r\nabc'
    )
    unnamed = "Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nSecret offtake."
    found = read_one(_parts(_text(BODY), attached, unnamed), "note.eml")
    assert found.attachments == ("deal.pdf", "text/plain")
    assert "Secret" not in found.text


def test_a_mail_whose_text_is_all_attached_says_which_file_to_rate() -> None:
    attached = 'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="deal.pdf"\r\n\r\nabc'
    with pytest.raises(FactsError, match=r"note\.eml: the mail itself is empty; .*: deal\.pdf"):
        read_one(_parts(_text(""), attached), "note.eml")


@pytest.mark.parametrize(
    ("body", "content_type", "coding"),
    [
        ("Caf=E9 =96 signed=\r\n.", "text/plain; charset=iso-8859-1", "quoted-printable"),
        ("Q2Fmw6kg4oCTIHNpZ25lZC4=", "text/plain; charset=utf-8", "base64"),
        ("Caf=C3=A9 =E2=80=93 signed.", "text/plain; charset=nonsense", "quoted-printable"),
    ],
)
def test_bodies_are_decoded_as_they_say(body: str, content_type: str, coding: str) -> None:
    found = read_one(mail(body, content_type, f"Content-Transfer-Encoding: {coding}\r\n"), "note.eml")
    assert found.text == "Acme signs offtake\n\nCafé – signed."


def test_an_encoded_subject_is_read() -> None:
    data = mail().replace(b"Subject: Acme signs offtake", b"Subject: =?utf-8?q?Caf=C3=A9_signs?=")
    assert read_one(data, "note.eml").title == "Café signs"


def test_a_mail_without_headers_or_with_a_broken_date_is_still_its_text() -> None:
    assert read_one(b"\r\nOfftake signed.", "note.eml").text == "Offtake signed."
    assert read_one(mail().replace(b"Mon, 04 May", b"Someday"), "note.eml").published is None


def test_too_many_parts_and_parts_within_parts_are_refused() -> None:
    with pytest.raises(FactsError, match=r"note\.eml: a mail of more than 200 parts"):
        read_one(_parts(*[_text("a")] * 300), "note.eml")
    nested = "".join(f"--b{n}\r\nContent-Type: multipart/mixed; boundary=b{n + 1}\r\n\r\n" for n in range(3_000))
    with pytest.raises(FactsError, match=r"note\.eml"):
        read_one(mail(nested, "multipart/mixed; boundary=b0"), "note.eml")
