"""vCard files: business cards as people hand them over."""
