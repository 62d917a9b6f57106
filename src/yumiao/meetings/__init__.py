"""组织生活: meetings, who may vote, ballots."""
