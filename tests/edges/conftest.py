"""A small transcript of an invented bundle, and settings that keep a test in its own folder."""

import pytest

from pipeline.settings import Settings

TRANSCRIPT = """ที่ นน ๐๐๒๓.๔/ว ๑๒๓๔

ที่ว่าการอำเภอเวียงสา
ถนนเจ้าฟ้า นน ๕๕๑๑๐

๑๒ มกราคม ๒๕๖๕

เรื่อง การสำรวจแหล่งน้ำในตำบล

เรียน นายกเทศมนตรีตำบลทุกแห่ง

สิ่งที่ส่งมาด้วย สำเนาหนังสือจังหวัดน่าน ที่ นน ๐๐๒๓.๔/ว ๕๖๗๘ ลงวันที่ ๑๐ มกราคม ๒๕๖๕ จำนวน ๑ ฉบับ

พร้อมหนังสือนี้ได้ส่งสำเนาหนังสือจังหวัดน่านมาเพื่อทราบและดำเนินการ

ขอแสดงความนับถือ

(นายสมชาย ใจดี)
นายอำเภอเวียงสา
\fที่ นน ๐๐๒๓.๔/ว ๕๖๗๘

ศาลากลางจังหวัดน่าน
ถนนสุริยพงษ์ นน ๕๕๐๐๐

๑๐ มกราคม ๒๕๖๕

เรื่อง การสำรวจแหล่งน้ำในตำบล

เรียน นายอำเภอ ทุกอำเภอ

จังหวัดขอให้อำเภอสำรวจแหล่งน้ำในพื้นที่

ขอแสดงความนับถือ

(นายสมศักดิ์ รักไทย)
ผู้ว่าราชการจังหวัดน่าน
"""


@pytest.fixture(scope="session")
def transcript() -> str:
    return TRANSCRIPT


@pytest.fixture
def inbox(tmp_path, transcript):
    """A folder with one transcript."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "bundle.txt").write_text(transcript, encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(out=tmp_path / "out", workers=1, page_seconds=60, file_seconds=60)
