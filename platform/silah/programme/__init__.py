"""The programme of measuring: what the policy promises and what was done, standing reviews, what changed, evidence."""
