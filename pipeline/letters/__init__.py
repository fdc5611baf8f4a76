"""Letters: from the pages of a bundle to documents, their fields, stamps and references.

``read_documents`` cuts a bundle into documents and reads each: where the parts of a letter stand is
the rule of ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖. Rows of plan tables are not read here.
"""

from pipeline.letters.documents import read_documents

__all__ = ["read_documents"]
