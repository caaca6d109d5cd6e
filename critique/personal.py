"""What the parts of self-criticism hold about somebody: each package declares its own beside its models."""

from __future__ import annotations

from critique.cycle import personal as cycle
from critique.dossier import personal as dossier
from critique.hearing import personal as hearing
from critique.letters import personal as letters
from critique.levels import personal as levels
from critique.remedies import personal as remedies
from critique.writing import personal as writing

PARTS = (cycle, writing, remedies, hearing, levels, dossier, letters)
