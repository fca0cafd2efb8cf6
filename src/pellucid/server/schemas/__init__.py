"""What the API takes and gives, beyond the records of the rooms below."""
