"""Labels for, and training of, the classifier of interesting descriptions.

python -m scripts.interest sample --atlas DIR --n 1000 --out FILES     what readers read, in batches
python -m scripts.interest train --atlas DIR                            weights, accuracy, confusion matrix
"""
