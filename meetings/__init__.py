"""WHAT HAPPENS: from the plan to the sealed minutes and the follow-up."""
