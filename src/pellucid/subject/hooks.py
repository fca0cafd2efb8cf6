"""Reading and writing `mlp_act`, the input of every down projection, through forward pre-hooks.

Hooks exist only inside `hooked`; whatever happens in the block, none is left behind.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Protocol, runtime_checkable

from jaxtyping import Float
from torch import Tensor, nn


@runtime_checkable
class Edit(Protocol):
    """Something that looks at, or replaces, the activations of some layers."""

    @property
    def layers(self) -> Sequence[int]:
        """The layers it wants to see."""
        ...

    def __call__(
        self, layer: int, act: Float[Tensor, "batch pos unit"]
    ) -> Float[Tensor, "batch pos unit"]:
        """The activations to go on with: `act` itself, or a changed copy."""
        ...


class Reader:
    """An edit that changes nothing and hands every layer's activations to `see`."""

    def __init__(self, layers: Sequence[int], see: Callable[[int, Tensor], None]) -> None:
        self.layers = layers
        self._see = see

    def __call__(
        self, layer: int, act: Float[Tensor, "batch pos unit"]
    ) -> Float[Tensor, "batch pos unit"]:
        self._see(layer, act)
        return act


@contextmanager
def hooked(downs: Sequence[nn.Module], edits: Sequence[Edit]) -> Iterator[None]:
    """Apply `edits`, in order, at the input of each down projection, inside the block only."""
    by_layer: dict[int, list[Edit]] = {}
    for edit in edits:
        for layer in edit.layers:
            by_layer.setdefault(layer, []).append(edit)

    def pre_hook(
        layer: int, todo: list[Edit]
    ) -> Callable[[nn.Module, tuple[Tensor, ...]], tuple[Tensor]]:
        def apply(_module: nn.Module, args: tuple[Tensor, ...]) -> tuple[Tensor]:
            act = args[0]
            for edit in todo:
                act = edit(layer, act)
            return (act,)

        return apply

    with ExitStack() as stack:
        for layer, todo in by_layer.items():
            handle = downs[layer].register_forward_pre_hook(pre_hook(layer, todo))
            stack.callback(handle.remove)
        yield


@contextmanager
def outputs_read(
    modules: Sequence[nn.Module], see: Callable[[int, Tensor], None]
) -> Iterator[None]:
    """Hand the first output of each module, with its place in the list, to `see`, inside the block only."""

    def hook(place: int) -> Callable[[nn.Module, tuple[Any, ...], Tensor | tuple[Any, ...]], None]:
        def look(_module: nn.Module, _args: tuple[Any, ...], out: Tensor | tuple[Any, ...]) -> None:
            see(place, out if isinstance(out, Tensor) else out[0])

        return look

    with ExitStack() as stack:
        for place, module in enumerate(modules):
            stack.callback(module.register_forward_hook(hook(place)).remove)
        yield


@contextmanager
def outputs_replaced(
    modules: Mapping[int, nn.Module], replace: Callable[[int, Tensor], Tensor]
) -> Iterator[None]:
    """Put what `replace` makes of it, and of the module's key, in the place of each first output, inside the block."""

    def hook(key: int) -> Callable[[nn.Module, tuple[Any, ...], Tensor | tuple[Any, ...]], Any]:
        def apply(_module: nn.Module, _args: tuple[Any, ...], out: Tensor | tuple[Any, ...]) -> Any:
            if isinstance(out, Tensor):
                return replace(key, out)
            return (replace(key, out[0]), *out[1:])

        return apply

    with ExitStack() as stack:
        for key, module in modules.items():
            stack.callback(module.register_forward_hook(hook(key)).remove)
        yield


@contextmanager
def inputs_read(modules: Sequence[nn.Module], see: Callable[[int, Tensor], None]) -> Iterator[None]:
    """Hand the first input of each module, with its place in the list, to `see`, inside the block only."""

    def hook(place: int) -> Callable[[nn.Module, tuple[Any, ...]], None]:
        def look(_module: nn.Module, args: tuple[Any, ...]) -> None:
            see(place, args[0])

        return look

    with ExitStack() as stack:
        for place, module in enumerate(modules):
            stack.callback(module.register_forward_pre_hook(hook(place)).remove)
        yield
