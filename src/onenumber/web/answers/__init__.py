"""What pages are told: the answers of the steps, as the view models of the pages."""

from onenumber.web.answers.all import Answers

__all__ = ["Answers"]
