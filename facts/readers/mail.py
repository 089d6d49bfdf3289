"""Mails (.eml): subject, sender and date from the headers, the text part or else the HTML part. Runs in the child."""

from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

from facts.errors import FactsError
from facts.readers.day import day
from facts.readers.decode import decode
from facts.readers.draft import Draft, label, sound, with_title
from facts.readers.html import article, declared_charset, warm

__all__ = ["MOST_PARTS", "read_mail", "warm"]  # warm: many mails are pages

#: A newsletter has a dozen; hundreds are an attack or an archive.
MOST_PARTS = 200
#: A text part shorter than this beside an HTML part says "your program cannot show this".
_FEWEST_PLAIN = 200


def read_mail(data: bytes, name: str, charset: str | None = None) -> list[Draft]:
    """The body of a mail under its subject; attachments by name, unread.

    Raises FactsError for a mail of too many parts, and for one whose text is all in its attachments.
    """
    mail = message_from_bytes(data, policy=policy.default)
    if not isinstance(mail, EmailMessage):
        raise FactsError("Broken mail", f"{name}: not a mail")
    try:
        count = sum(1 for _ in mail.walk())
        body = _body(mail, name)
    except RecursionError:
        count = MOST_PARTS + 1
    if count > MOST_PARTS:
        raise FactsError("Too many parts", f"{name}: a mail of more than {MOST_PARTS} parts; save its text as a file")
    attachments = tuple(_attachments(mail))
    if attachments and not body.text.strip():
        files = ", ".join(attachments)
        raise FactsError("No text", f"{name}: the mail itself is empty; save and rate what came with it: {files}")
    subject = label(str(mail["subject"])) if mail["subject"] is not None else body.title
    return [
        Draft(
            text=with_title(subject, body.text),
            title=subject,
            published=day(str(mail["date"])) if mail["date"] is not None else body.published,
            publisher=_sender(mail) or body.publisher,
            url=body.url,
            attachments=attachments,
        )
    ]


def _body(mail: EmailMessage, name: str) -> Draft:
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    text = _decoded(plain, name) if plain is not None else ""
    if page is None or (text.strip() and len(text) >= _FEWEST_PLAIN):
        return Draft(text)
    found = article(_decoded(page, name))
    return found if len(found.text) >= len(text) else Draft(text)


def _decoded(part: MIMEPart, name: str) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_content_charset() or declared_charset(payload)
    return sound(decode(payload, name, charset))


def _attachments(mail: EmailMessage) -> list[str]:
    """The names of attached files, folders cut off; a file without a name by its type."""
    found = []
    for part in mail.walk():
        stated = part.get_filename()
        if stated is None and part.get_content_disposition() != "attachment":
            continue
        shown = label(str(stated).replace("\\", "/").rpartition("/")[2]) if stated else None
        found.append(shown or part.get_content_type())
    return found


def _sender(mail: EmailMessage) -> str | None:
    sender = mail["from"]
    addresses = sender.addresses if sender is not None else ()
    return next((label(each.display_name) or label(each.domain) for each in addresses), None)
