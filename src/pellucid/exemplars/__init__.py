"""What features fire on: the corpus, its sequences, and the evidence collected from them."""
