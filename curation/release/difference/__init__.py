"""What differs between two versions of a corpus, and what that means for the number of the later one."""
