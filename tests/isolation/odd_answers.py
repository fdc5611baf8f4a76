"""A function whose answer can be packed and never unpacked."""


class Odd:
    def __reduce__(self):
        return int, ("not a number",)


def odd():
    return Odd()
