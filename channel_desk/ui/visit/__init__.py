"""The visit wizard: before, during and after, each answer stored as it is given."""
