"""withdraw: an article leaves the workspace, every version that holds it, and does not come back."""
