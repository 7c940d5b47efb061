"""What fills the places of a commitment's sentences: a file a group of facts."""

from service.sentences.commitments.effects import correction
from service.sentences.commitments.places import places
from service.sentences.commitments.plans import plan_changes
from service.sentences.commitments.telling import item_named, matter, raised

__all__ = ["correction", "item_named", "matter", "places", "plan_changes", "raised"]
