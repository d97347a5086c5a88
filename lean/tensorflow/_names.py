"""Names Rasa touches on import, written by `python lean/record_names.py --write`."""

NAMES = {
    "keras.Model": "class",
    "keras.utils.control_flow_util.smart_cond": "class",
    "keras.utils.tf_utils": "class",
    "tensorflow.SparseTensor": "class",
    "tensorflow.Tensor": "class",
    "tensorflow.TensorShape": "class",
    "tensorflow.TensorSpec": "class",
    "tensorflow.keras.backend": "module",
    "tensorflow.keras.callbacks.Callback": "class",
    "tensorflow.keras.layers.AbstractRNNCell": "class",
    "tensorflow.keras.layers.Dense": "class",
    "tensorflow.keras.layers.Dropout": "class",
    "tensorflow.keras.layers.Layer": "class",
    "tensorflow.keras.metrics.Metric": "class",
    "tensorflow.keras.utils.Sequence": "class",
    "tensorflow.python.eager.wrap_function.WrappedFunction": "class",
    "tensorflow.types.experimental.TensorLike": "class",
}
