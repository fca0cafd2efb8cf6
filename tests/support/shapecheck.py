"""The checker that jaxtyping puts on every function of the tensor rooms while tests run: an int will do for a float."""

from beartype import BeartypeConf, beartype

checked = beartype(conf=BeartypeConf(is_pep484_tower=True))
