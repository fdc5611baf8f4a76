"""Text that comes from elsewhere, made fit for a terminal, a log and a message."""

from __future__ import annotations


def printable(text: object) -> str:
    r"""``text`` on one line, without characters that would steer a terminal or that no encoding takes.

    Files may be called anything: by bytes that are not UTF-8, with line breaks and escapes in the name.

    >>> printable("สแกน\x1b[31m\n.pdf"), printable("\udca1.pdf")
    ('สแกน�[31m�.pdf', '�.pdf')
    """
    return "".join(character if character.isprintable() else "\ufffd" for character in str(text))
