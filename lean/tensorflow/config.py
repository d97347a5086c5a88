"""The TensorFlow settings Rasa makes when environment variables ask for them.

`TF_INTER_OP_PARALLELISM_THREADS`, `TF_INTRA_OP_PARALLELISM_THREADS` and `TF_GPU_MEMORY_ALLOC`
are common in deployment files written for stock Rasa. They tune something that is not here, so
they are accepted and change nothing.
"""


class threading:  # noqa: N801 - TensorFlow's name for it
    """Accepts numbers of threads; there are no TensorFlow threads to count."""

    @staticmethod
    def set_inter_op_parallelism_threads(num_threads: int) -> None:
        """Take the number of operations to run side by side, and ignore it."""

    @staticmethod
    def set_intra_op_parallelism_threads(num_threads: int) -> None:
        """Take the number of threads for one operation, and ignore it."""


def list_physical_devices(device_type: str | None = None) -> list[object]:
    """Return no devices, whatever the type: Rasa then warns that there is no GPU to configure."""
    return []
