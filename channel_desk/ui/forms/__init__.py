"""Parts of forms that several pages use."""
