"""The ids, offices and files of the year that telling is tested with."""

from workflows.facts import Evidence

NAME = "0190c0de"
FILE = Evidence("ab" * 32, "SK tim.pdf", "application/pdf", 20_480)
MEMO = Evidence("cd" * 32, "Nota dinas.pdf", "application/pdf", 10_240)
HEAD, PIC = "61.02.disdukcapil", "61.02.disdukcapil.pic-e-open"
COORDINATOR, SECRETARY = "61.02.bag-organisasi", "61.02.sekda"
PROVINCE, PROVINCE_SECRETARY = "61.biro-organisasi", "61.sekda"
