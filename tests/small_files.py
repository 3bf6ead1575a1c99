"""Small files that are what they say they are."""

from io import BytesIO

from pikepdf import Pdf, Stream


def small_pdf(mark: bytes = b"") -> bytes:
    """A PDF of one empty page, with a remark in it that can be looked for."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    pdf.pages[0].obj.Contents = Stream(pdf, b"% " + mark)
    out = BytesIO()
    pdf.save(out, compress_streams=False, static_id=True)
    return out.getvalue()
