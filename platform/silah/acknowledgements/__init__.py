"""Who has read and signed what binds the staff: the policy in force, the code of ethics, the work regulations."""
